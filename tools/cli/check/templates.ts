import { Liquid } from 'liquidjs';
import { identifyValue } from '../../../shared/mapping/settings/identify.ts';

const liquid = new Liquid({ ownPropertyOnly: true });

/** An id of Userlike as they are now, with room for ten times as many. */
export const sampleId = '1234567890';

/** What a template gives that holds no value of the conversation, or only its id; undefined for any other. */
export const rendered = (template: string): string | undefined => {
  const variables = liquid.globalFullVariablesSync(template);
  return variables.every((variable) => variable === 'id') ? identifyValue(template, sampleId) : undefined;
};

/** The most characters a template gives; `always`: it never gives nothing. Undefined where there is no limit. */
export const longestTextOf = (template: string | undefined): { characters: number; always: boolean } | undefined => {
  if (template === undefined || /\{%-?\s*(?:for|tablerow|cycle|render|include|capture)\b/.test(template))
    return undefined;
  const outputs = [...template.matchAll(/\{\{(.*?)\}\}/gs)].map(([, output = '']) => output);
  const literal = template.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, '');
  const lengths = outputs.map((output) => Number(/\|\s*truncate:\s*(\d+)[^|]*$/.exec(output)?.[1] ?? Number.NaN));
  const characters = lengths.reduce((sum, length) => sum + length, literal.length);
  const always = literal.trim() !== '';
  return Number.isNaN(characters)
    ? always
      ? { characters: Number.POSITIVE_INFINITY, always }
      : undefined
    : { characters, always };
};

/** What Userlike's payload holds at a path, as far as its documentation tells. */
export const pathKind = (path: string): 'time' | 'number' | 'yesno' | 'text' | undefined => {
  const name = path.split('.').at(-1) ?? '';
  if (/_at$/.test(name)) return 'time';
  if (/(?:^|_)id$/.test(name)) return 'number';
  if (/^(?:is|has|was)_|_is_|_verified$|^verified$/.test(name)) return 'yesno';
  return texts.has(name) ? 'text' : undefined;
};

const texts = new Set(
  'body,body_plain,browser_name,city,country,email,feedback_message,locale,mobile_number,name,phone_number,status,street,subject,text,url'.split(
    ',',
  ),
);
