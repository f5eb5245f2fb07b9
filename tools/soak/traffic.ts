import { createDraw, type Draw } from './draw.ts';

type Json = Record<string, unknown>;

/** One state of a conversation, as Userlike would send it. */
export type Version = {
  conversation: number;
  /** 1 is the oldest. */
  number: number;
  /** A text for each message, that is in no other message of any conversation. */
  tokens: string[];
  email: string;
  payload: Json;
};

/** One add-on call: a conversation, or several in an array. */
export type Call = { body: Json | Json[]; versions: Version[] };

/** How a conversation is sent: what happens to it in Userlike, and in which order that arrives. */
const kinds = [
  { name: 'once', weight: 52 },
  { name: 'again', weight: 12 },
  { name: 'changed', weight: 14 },
  { name: 'out of order', weight: 10 },
  { name: 'long', weight: 6 },
  { name: 'there and back', weight: 6 },
] as const;
export type Kind = (typeof kinds)[number]['name'];

const FIRST_ID = 1_000_000;
const FIRST_MOMENT = Date.UTC(2026, 0, 5, 9);
const MINUTE = 60_000;
/** People that the sandbox's Lime knows. */
const KNOWN = ['ada@example.org', 'double@example.com'];
const OPERATOR = 'peter.testman@example.com';
/** Share of add-on calls that carry one conversation, and most that another one carries. */
const SINGLES = 0.5;
const LARGEST_CALL = 50;

/** All calls of one run, in the order in which they are sent. */
export const createTraffic = (seed: number, conversations: number): Call[] => {
  const draw = createDraw(seed, 'traffic');
  const sends = Array.from({ length: conversations }, (_, index) => {
    const begins = draw.int(0, 1_000);
    return versionsOf(FIRST_ID + index, kindOf(draw), draw).map((version, later) => ({
      version,
      at: begins + later * draw.int(1, 120),
    }));
  });
  const inOrder = sends
    .flat()
    .sort((one, other) => one.at - other.at)
    .map(({ version }) => version);
  return intoCalls(inOrder, draw);
};

const kindOf = (draw: Draw): Kind => {
  let left = draw.int(1, 100);
  for (const { name, weight } of kinds) {
    left -= weight;
    if (left <= 0) return name;
  }
  return 'once';
};

/** What is sent of one conversation, in this order. */
const versionsOf = (id: number, kind: Kind, draw: Draw): Version[] => {
  const known = draw.chance(0.1) ? draw.pick(KNOWN) : undefined;
  const email = known ?? `visitor${id}@example.org`;
  const base = { id, email, dated: draw.chance(0.8), operator: draw.chance(0.7) ? OPERATOR : undefined };
  // Notes are split at 4,000 characters: some of what changes is longer than that, too.
  const isLong = kind === 'long' || (kind !== 'once' && draw.chance(0.1));
  let count = isLong ? draw.int(60, 160) : draw.int(1, 6);
  const words = isLong ? draw.int(20, 60) : draw.int(2, 12);
  let edit = 0;
  const version = (number: number, changes: Partial<Content> = {}): Version =>
    aVersion({ ...base, number, count, words, edit, ...changes });
  switch (kind) {
    case 'again':
      return [version(1), ...Array.from({ length: draw.int(1, 3) }, () => version(1))];
    case 'changed':
    case 'out of order': {
      const steps = [version(1)];
      for (let number = 2, last = draw.int(2, 4); number <= last; number += 1) {
        count += draw.int(1, 3);
        if (draw.chance(0.3)) edit = number;
        steps.push(version(number));
      }
      return kind === 'changed' ? steps : draw.shuffled(steps);
    }
    case 'there and back':
      return [version(1), version(2, { email: `other${id}@example.org` }), version(3, { count: count + 1 })];
    default:
      return [version(1)];
  }
};

type Content = {
  id: number;
  number: number;
  email: string;
  count: number;
  /** Words of each message. */
  words: number;
  /** The version in which the first message was last changed, 0 for none. */
  edit: number;
  /** Whether Userlike says when the conversation was changed. */
  dated: boolean;
  operator: string | undefined;
};

const aVersion = ({ id, number, email, count, words, edit, dated, operator }: Content): Version => {
  const at = (minutes: number): string => new Date(FIRST_MOMENT + minutes * MINUTE).toISOString();
  const tokens = Array.from({ length: count }, (_, index) => `~${id}.${index}.${index === 0 ? edit : 0}~`);
  const transcript = tokens.map((token, index) => ({
    id: `${id}.1.${index + 1}`,
    type: 'message',
    sent_at: at(index),
    body: `${token}${' word'.repeat(words)}`,
    ...(index % 2 === 0 ? fromContact : fromOperator),
  }));
  return {
    conversation: id,
    number,
    tokens,
    email,
    payload: {
      id,
      topics: [{ text: 'Support' }],
      contact: { name: `Visitor ${id}`, email },
      transcript,
      created_at: at(0),
      ...(operator !== undefined && { operator_assigned_to_email: operator }),
      ...(dated && { updated_at: at(count + number) }),
      custom: { version: number },
      _type: 'conversation',
    },
  };
};

const fromContact = { name: 'Contact', sender: { type: 'contact', id: 1 } };
const fromOperator = { name: 'Peter Testman', operator_id: 2, sender: { type: 'operator', id: 2 } };

const intoCalls = (versions: readonly Version[], draw: Draw): Call[] => {
  const calls: Call[] = [];
  for (let next = 0; next < versions.length; ) {
    const isSingle = draw.chance(SINGLES);
    const part = versions.slice(next, next + (isSingle ? 1 : draw.int(2, LARGEST_CALL)));
    const payloads = part.map(({ payload }) => payload);
    const [only = {}] = payloads;
    calls.push({ body: isSingle ? only : payloads, versions: part });
    next += part.length;
  }
  return calls;
};
