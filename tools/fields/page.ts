import { catalogue } from '../../cli/fields/catalogue.ts';
import type { Field } from '../../cli/fields/field.ts';

/** The page `docs/userlike-fields.md`. */
export function fieldsPage(): string {
  const groups: { title: string; text: string; fields: Field[] }[] = [
    { title: 'Conversation', text: 'The payload of the Lime CRM add-on.', fields: below('', 'documented', 'computed') },
    { title: 'Contact', text: 'All may be empty.', fields: below('contact.') },
    {
      title: 'Messages',
      text: 'For `transcript.0.…`, `transcript.1.…` and so on, in the order they were sent. `last_message.…` has the same fields.',
      fields: below('transcript.0.'),
    },
    {
      title: 'Parts',
      text: 'A part is one visit of the site, or one time on a channel.',
      fields: below('conversation_part_set.0.'),
    },
    {
      title: 'Older events',
      text: '`chat_meta` and `offline_message`. Their contact, topic and messages are also read as `contact`, `topics` and `transcript`.',
      fields: below('', 'inferred'),
    },
  ];
  return `# Userlike's fields

\`path\` and templates in [settings](settings.md#sources-of-values) read these fields. \`check\` reports a path that is none of them, with the nearest name. \`npm run fields\` makes this page and the conversations in [samples/](../samples/) from the code.

* *documented* fields stand in the payload that Userlike's documentation shows. *inferred* ones come from older documents. *computed* ones are made here.
* Any field but \`id\` may be missing or empty. Userlike adds fields without notice; \`check --against FILE\` also accepts those of a real conversation.
* A field of type *id* holds an id of another system, a text or a number.
* A field of type *free* holds what the site or an operator puts there. Any path below it is accepted.
* \`0\` in a path is a position in a list: \`topics.1.text\` is the second topic.
${groups.map(({ title, text, fields }) => `\n## ${title}\n\n${text}\n\n${tableOf(fields)}`).join('')}`;
}

/** The fields below a prefix. Without one, those of the conversation itself, with one of these sources. */
function below(prefix: string, ...sources: Field['source'][]): Field[] {
  const owners = ['contact.', 'transcript.0.', 'last_message.', 'conversation_part_set.0.'];
  return catalogue.filter(({ path, source }) =>
    prefix === ''
      ? sources.includes(source) && !owners.some((owner) => path.startsWith(owner))
      : path.startsWith(prefix),
  );
}

function tableOf(fields: readonly Field[]): string {
  const rows = fields.map(
    ({ path, type, example, meaning, source, values }) =>
      `| \`${path}\` | ${type} | ${shown(example)} | ${meaning}${values === undefined ? '' : `: ${values.map((value) => `\`${value}\``).join(', ')}`} | ${source} |`,
  );
  return `| Path | Type | Example | Meaning | Known |\n|---|---|---|---|---|\n${rows.join('\n')}\n`;
}

function shown(example: Field['example']): string {
  if (example === null || example === '') return '';
  return `\`${typeof example === 'string' ? example : JSON.stringify(example)}\``;
}
