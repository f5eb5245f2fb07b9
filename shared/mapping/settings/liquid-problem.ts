import type { Liquid } from 'liquidjs';
import { nearest } from './nearest.ts';

/** The reason why a template cannot be parsed, in words for people who write settings. Undefined if it can. */
export function liquidProblem(liquid: Liquid, template: string): string | undefined {
  try {
    // Parsing alone accepts tags that read other files. The analysis looks for these files.
    liquid.globalVariablesSync(template);
    return undefined;
  } catch (error) {
    return reasonOf(liquid, error instanceof Error ? error.message : '');
  }
}

function reasonOf({ filters, tags }: Liquid, message: string): string {
  const [, filter] = /^undefined filter: (\w+)/.exec(message) ?? [];
  if (filter !== undefined) return `has an unknown filter ${filter}${meant(filter, Object.keys(filters))}`;
  const [, tag = ''] = /^tag "([^"]*)" not found/.exec(message) ?? [];
  if (tag.startsWith('end')) return `has {% ${tag} %} without {% ${tag.slice('end'.length)} %}`;
  if (tag !== '') return `has an unknown tag ${tag}${meant(tag, Object.keys(tags))}`;
  const [, opened] = /^tag \{%-?\s*(\w+).* not closed/s.exec(message) ?? [];
  if (opened !== undefined) return `has {% ${opened} %} without {% end${opened} %}`;
  if (/^tag .* not closed/s.test(message)) return 'has {% without %}';
  if (/^output .* not closed/s.test(message)) return 'has {{ without }}, or a quotation mark without its end';
  if (message.startsWith('invalid value expression')) return 'has {{ }} or a condition without a value';
  if (message.startsWith('expected ":"')) return 'has a filter whose value needs a colon: {{ name | default: "x" }}';
  if (message.startsWith('expected "|"'))
    return 'has a value that cannot be read; a comparison is ==, a filter begins with |';
  if (message.startsWith('expected "="')) return 'has {% assign %} without =';
  if (message.startsWith('ENOENT')) return 'reads another file, and there are none';
  return 'is not a Liquid template that can be parsed';
}

function meant(name: string, known: readonly string[]): string {
  const candidate = (name.length > 2 && known.find((one) => one.startsWith(name))) || nearest(name, known);
  return candidate === undefined ? '' : `; did you mean ${candidate}?`;
}
