import type { Omission } from '../errors.ts';
import type { Match } from '../mapping/search.ts';
import type { Settings } from '../mapping/settings/settings.ts';
import { isEmpty, valueAt } from '../mapping/values/source.ts';
import { shorten } from '../mapping/values/text.ts';
import { type Conversation, topicsOf } from '../userlike/conversation.ts';
import { isolated } from './lines/isolate.ts';
import { channelOf } from './translations/channels.ts';
import { primaryOf } from './translations/language.ts';
import { fill, type Language, words } from './translations.ts';

/** Characters of a value in the head, and of all values in one of its lines: the lines below them have to be seen too. */
const LONGEST_VALUE = 200;
const LONGEST_LINE = 250;

/** Lines above the messages in the first note: who wrote about what and where, the zone of all times, the link back. */
export function headOf(conversation: Conversation, settings: Settings, language: Language): string[] {
  const frame = words[language];
  const { contact } = conversation;
  const who = [contact?.name, contact?.email, contact?.mobile_number, contact?.phone_number];
  const topics = topicsOf(conversation);
  return [
    ...lineOf(frame.contact, who),
    ...lineOf(topics.length === 1 ? frame.topic : frame.topics, topics),
    ...lineOf(frame.channel, [channelIn(conversation, language)]),
    ...lineOf(frame.timeZone, [settings.timeZone]),
    conversationLink(conversation, settings, language),
  ];

  function lineOf(label: string, values: readonly (string | null | undefined)[]): string[] {
    const told = values.flatMap((value) => (isEmpty(value) ? [] : isolated(shorten(value ?? '', LONGEST_VALUE))));
    if (told.length === 0) return [];
    return [`${label}${frame.colon}${fitting(told).join(', ')}`];
  }
}

/** The values that fit into one line of the head, and an ellipsis where there are more; the first one always does. */
function fitting(values: readonly string[]): string[] {
  let left = LONGEST_LINE;
  const tooMuch = values.findIndex((value, index) => {
    left -= value.length;
    return left < 0 && index > 0;
  });
  return tooMuch === -1 ? [...values] : [...values.slice(0, tooMuch), '…'];
}

/** Opens the conversation in Userlike. */
export function conversationLink({ id }: Conversation, { links }: Settings, language: Language): string {
  return fill(links.conversation, { id: String(id), language: primaryOf(language) });
}

function channelIn(conversation: Conversation, language: Language): string | undefined {
  const code = valueAt(conversation, 'contact_channel.type');
  if (typeof code !== 'string') return undefined;
  const channel = channelOf(code);
  return channel === undefined ? code : words[language].channels[channel];
}

/** What was looked for in Lime, as far as the plan asks for it. */
type Lookups = { person?: Match; company?: Match; coworker?: Match };

/** Lines of the head that say what was not linked, not made or not saved, and why. */
export function remarksFor(
  { omitted }: { omitted: readonly Omission[] },
  found: Lookups,
  language: Language,
): string[] {
  const frame = words[language];
  return [
    ...several.flatMap(([relation, label]) => {
      const match = found[relation];
      if (match?.kind !== 'several') return [];
      const names = match.found.map(({ id, name }) => `${isolated(name) || frame[relation]} (${id})`);
      return [`${frame[label]}${frame.colon}${names.join(', ')}`];
    }),
    ...omitted.map(({ of, link, field = link && frame[link], rule, n, type }) => {
      const reason = fill(frame.rules[rule], { n, type: type && isolated(type) });
      const told = field === undefined ? reason : `${isolated(field)} (${reason})`;
      return frame[of === undefined ? 'notSaved' : notMade[of]] + frame.colon + told;
    }),
  ];
}

const several = [
  ['person', 'severalPersons'],
  ['company', 'severalCompanies'],
  ['coworker', 'severalCoworkers'],
] as const;

const notMade = { person: 'personNotMade', company: 'companyNotMade' } as const;
