import { shorten } from '../text/cut.ts';
import { fill } from '../text/fill.ts';
import { isolated } from '../text/isolate.ts';
import { type Conversation, topicsOf } from '../userlike/conversation.ts';
import { isEmpty, valueAt } from '../userlike/value-at.ts';
import { channelOf } from './translations/channels.ts';
import type { Language } from './translations/language.ts';
import type { Translation } from './translations/translation.ts';
import { translations } from './translations.ts';

/** Longest value in the head. */
const MAX_VALUE_LENGTH = 200;

/** Longest line of the head, so that the lines below stay visible. */
const MAX_LINE_LENGTH = 250;

export type HeadOptions = {
  /** IANA name of the zone of all times in the note. */
  timeZone: string;
  /** The URL that opens the conversation in Userlike. */
  link: string;
  language: Language;
};

/** The lines above the messages in the first note: contact, topics, channel, time zone and link. */
export function headOf(conversation: Conversation, { timeZone, link, language }: HeadOptions): string[] {
  const t = translations[language];
  const { contact } = conversation;
  const who = [contact?.name, contact?.email, contact?.mobile_number, contact?.phone_number];
  const topics = topicsOf(conversation);
  return [
    ...lineOf(t.contact, who),
    ...lineOf(topics.length === 1 ? t.topic : t.topics, topics),
    ...lineOf(t.channel, [channelIn(conversation, language)]),
    ...lineOf(t.timeZone, [timeZone]),
    link,
  ];

  function lineOf(label: string, values: readonly (string | null | undefined)[]): string[] {
    const shown = values.flatMap((value) => (isEmpty(value) ? [] : isolated(shorten(value ?? '', MAX_VALUE_LENGTH))));
    return shown.length === 0 ? [] : [`${label}${t.colon}${fitting(shown).join(', ')}`];
  }
}

/** The values that fit into one line of the head, and an ellipsis if there are more. The first value always fits. */
function fitting(values: readonly string[]): string[] {
  let left = MAX_LINE_LENGTH;
  const tooMuch = values.findIndex((value, index) => {
    left -= value.length;
    return left < 0 && index > 0;
  });
  return tooMuch === -1 ? [...values] : [...values.slice(0, tooMuch), '…'];
}

function channelIn(conversation: Conversation, language: Language): string | undefined {
  const code = valueAt(conversation, 'contact_channel.type');
  if (typeof code !== 'string') return undefined;
  const channel = channelOf(code);
  return channel === undefined ? code : translations[language].channels[channel];
}

/** The result of a lookup in Lime. */
type Lookup = { kind: 'none' | 'one' } | { kind: 'several'; found: readonly { id: number; name: string }[] };
type Lookups = { person?: Lookup; company?: Lookup; coworker?: Lookup };

/** A value, link or limeobject that is not in Lime, and the rule that it breaks. */
export type Remark = {
  rule: keyof Translation['rules'];
  n?: number;
  type?: string;
  /** The name of a property. */
  field?: string;
  /** A relation of the limeobject. */
  link?: 'person' | 'company' | 'coworker';
  /** A limeobject that was not created, or an existing one that the conversation was not attached to. */
  of?: 'person' | 'company' | 'limeobject';
};

/** Head lines that say what was not linked, created or saved, and why. */
export function remarksFor({ omitted }: { omitted: readonly Remark[] }, found: Lookups, language: Language): string[] {
  const t = translations[language];
  return [
    ...several.flatMap(([relation, label]) => {
      const match = found[relation];
      if (match?.kind !== 'several') return [];
      const names = match.found.map(({ id, name }) => `${isolated(name) || t[relation]} (${id})`);
      return [`${t[label]}${t.colon}${names.join(', ')}`];
    }),
    ...omitted.map(({ of, link, field = link && t[link], rule, n, type }) => {
      const reason = fill(t.rules[rule], { n, type: type && isolated(type) });
      const shown = field === undefined ? reason : `${isolated(field)} (${reason})`;
      return t[of === undefined ? 'notSaved' : notMade[of]] + t.colon + shown;
    }),
  ];
}

const several = [
  ['person', 'severalPersons'],
  ['company', 'severalCompanies'],
  ['coworker', 'severalCoworkers'],
] as const;

const notMade = { person: 'personNotMade', company: 'companyNotMade', limeobject: 'notAttached' } as const;
