import { type Contact, type Links, linksOf } from './people.ts';

type Json = Record<string, unknown>;

/** One state of a conversation, as Userlike would send it. */
export type Version = {
  conversation: number;
  /** 1 is the oldest. */
  number: number;
  /** A text for each message that is in no other message of any conversation. */
  tokens: string[];
  /** Texts that its messages had in older versions. Lime need not have them. */
  replaced: string[];
  email: string;
  /** The expected links in Lime. */
  links: Links;
  payload: Json;
};

export type Content = {
  id: number;
  number: number;
  contact: Contact;
  /** How many messages it shares with all newer versions. */
  count: number;
  /** How many messages no other version has. */
  own: number;
  /** How many words each message has. */
  words: number;
  /** The version that last changed the first message, 0 for none. */
  edit: number;
  /** True if Userlike says when the conversation was changed. */
  dated: boolean;
  operator: string | undefined;
};

const FIRST_MOMENT = Date.UTC(2026, 0, 5, 9);
const MINUTE = 60_000;
/** The ids of a version's own messages are above those of shared messages. */
const OWN_IDS = 1_000;

export function aVersion(content: Content): Version {
  const { id, number, contact, count, own, words, edit, dated, operator } = content;
  const at = (minutes: number): string => new Date(FIRST_MOMENT + minutes * MINUTE).toISOString();
  const shared = Array.from({ length: count }, (_, index) => ({
    token: tokenOf(id, index, index === 0 ? edit : 0),
    message: index + 1,
    minute: index,
  }));
  const owned = Array.from({ length: own }, (_, index) => ({
    token: `~${id}.own${number}.${index}~`,
    message: OWN_IDS * number + index,
    minute: count + number + index / own,
  }));
  const messages = [...shared, ...owned];
  const transcript = messages.map(({ token, message, minute }, index) => ({
    id: `${id}.1.${message}`,
    type: 'message',
    sent_at: at(minute),
    body: `${token}${' word'.repeat(words)}`,
    ...(index % 2 === 0 ? fromContact : fromOperator),
  }));
  return {
    conversation: id,
    number,
    tokens: messages.map(({ token }) => token),
    replaced: Array.from({ length: edit }, (_, earlier) => tokenOf(id, 0, earlier)),
    email: contact.email,
    links: linksOf(contact, operator),
    payload: {
      id,
      topics: [{ text: 'Support' }],
      contact: { name: `Visitor ${id}`, email: contact.email },
      transcript,
      created_at: at(0),
      ...(operator !== undefined && { operator_assigned_to_email: operator }),
      ...(dated && { updated_at: at(count + number) }),
      custom: { version: number },
      _type: 'conversation',
    },
  };
}

function tokenOf(id: number, index: number, edit: number): string {
  return `~${id}.${index}.${edit}~`;
}

const fromContact = { name: 'Contact', sender: { type: 'contact', id: 1 } };
const fromOperator = { name: 'Peter Testman', operator_id: 2, sender: { type: 'operator', id: 2 } };
