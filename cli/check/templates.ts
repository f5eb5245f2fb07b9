import { TokenKind } from 'liquidjs';
import { createLiquid } from '../../shared/mapping/liquid.ts';
import { identifyValue } from '../../shared/mapping/settings/identify.ts';

const liquid = createLiquid();

/** An id with one digit more than Userlike's ids have today. */
export const SAMPLE_ID = '1234567890';

/** The output of a template that uses nothing of the conversation but its id. Undefined for any other template. */
export function rendered(template: string): string | undefined {
  const variables = liquid.globalFullVariablesSync(template);
  return variables.every((variable) => variable === 'id') ? identifyValue(template, SAMPLE_ID) : undefined;
}

/** Tags whose output has no fixed length. */
const unlimited = /\{%-?\s*(?:for|tablerow|cycle|render|include|capture|echo|liquid)\b/;

/** The most characters that a template gives (Infinity: no limit). `always` is true if it is never empty. */
export function longestTextOf(template: string): { characters: number; always: boolean } {
  // The content of a block (if, unless, case, for, …) is output for some conversations only.
  const always = liquid
    .parse(template)
    .some(({ token }) => token.kind === TokenKind.HTML && token.getText().trim() !== '');
  const outputs = [...template.matchAll(/\{\{(.*?)\}\}/gs)].map(([, output = '']) => output);
  const literal = template.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, '');
  const lengths = outputs.map((output) => Number(/\|\s*truncate:\s*(\d+)[^|]*$/.exec(output)?.[1] ?? Number.NaN));
  const characters = lengths.reduce((sum, length) => sum + length, literal.length);
  return {
    characters: unlimited.test(template) || Number.isNaN(characters) ? Number.POSITIVE_INFINITY : characters,
    always,
  };
}

/**
 * The kind of value at a path of Userlike's payload, by the documented example. Undefined if it may be of any kind:
 * `custom` and `custom_field_data` hold what a site puts there, `contact.external_customer_id` any text.
 */
export function pathKind(path: string): 'time' | 'number' | 'yesno' | 'text' | undefined {
  const keys = path.split('.').filter((key) => !/^\d+$/.test(key));
  if (keys.some((key) => key === 'custom' || key === 'custom_field_data')) return undefined;
  const name = keys.at(-1) ?? '';
  if (/_at$/.test(name)) return 'time';
  if (/^(?:is|has|was|can_have|marked_read|contact_by)_|_is_|_verified$/.test(name) || yesnos.has(name)) return 'yesno';
  const owned = keys.slice(-2).join('.');
  if (numbers.has(name) || numbersOf.has(owned)) return 'number';
  return texts.has(name) || textsOf.has(owned) ? 'text' : undefined;
}

function words(text: string): Set<string> {
  return new Set(text.split(' '));
}

const yesnos = words('accepts_messages data_privacy live slot_reserved verified');

const numbers = words(
  'conversation_group_id conversation_id customer_id expiry_state lat loc_lat loc_lon lon operator_assigned_to operator_id organization_id page_impressions part_id visits',
);

/** By object, because the id of a conversation is a number and that of a message is not. */
const numbersOf = words(
  'id contact.id conversation.id conversation_part_set.id operator_group.id sender.id state.type um_widget.id',
);

const texts = words(
  'body body_plain browser_name city country email feedback_message first_question last_fetchable_msgid locale mobile_number msgid name phone_number status street subject text url',
);

const textsOf = words('last_message.id transcript.id');
