import { createDraw, type Draw } from './draw.ts';
import { known, operators, unknownContact } from './people.ts';
import { aVersion, type Content, type Version } from './version.ts';

/** One add-on call with a conversation, or with an array of several. */
export type Call = { body: Version['payload'] | Version['payload'][]; versions: Version[] };

/** What happens to a conversation in Userlike, and the order in which its versions arrive. */
const kinds = [
  { name: 'once', weight: 40 },
  { name: 'again', weight: 10 },
  { name: 'changed', weight: 12 },
  { name: 'out of order', weight: 10 },
  { name: 'long', weight: 6 },
  { name: 'there and back', weight: 4 },
  { name: 'corrected', weight: 10 },
  { name: 'late', weight: 8 },
] as const;
export type Kind = (typeof kinds)[number]['name'];

const FIRST_ID = 1_000_000;
const PETER = operators[0];
/** The share of add-on calls with a single conversation, and the most conversations of any other call. */
const SINGLES = 0.5;
const LARGEST_CALL = 50;

/** All calls of one run in sending order. */
export function createTraffic(seed: number, conversations: number): Call[] {
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
}

function kindOf(draw: Draw): Kind {
  let left = draw.int(1, 100);
  for (const { name, weight } of kinds) {
    left -= weight;
    if (left <= 0) return name;
  }
  return 'once';
}

/** The versions of a conversation of this kind, in sending order. */
export function versionsOf(id: number, kind: Kind, draw: Draw): Version[] {
  const contact = draw.chance(0.1) ? draw.pick(known) : unknownContact(id);
  // Notes are split at 4,000 characters. Some changes are longer than that.
  const isLong = kind === 'long' || (kind !== 'once' && draw.chance(0.1));
  const count = isLong ? draw.int(60, 160) : draw.int(1, 6);
  const words = isLong ? draw.int(20, 60) : draw.int(2, 12);
  const operator = draw.chance(0.7) ? PETER : undefined;
  const base = { id, contact, count, own: 0, words, edit: 0, dated: draw.chance(0.8), operator };
  const version = (number: number, changes: Partial<Content> = {}): Version =>
    aVersion({ ...base, number, ...changes });
  switch (kind) {
    case 'again':
      return [version(1), ...Array.from({ length: draw.int(1, 3) }, () => version(1))];
    case 'changed':
      return growing(base.count, version, draw);
    case 'out of order':
      return draw.shuffled(growing(base.count, version, draw));
    case 'there and back':
      return [version(1), version(2, { contact: unknownContact(id, 'other') }), version(3, { count: count + 1 })];
    case 'corrected': {
      // A correction differs from its predecessor only by its time.
      const versions = corrected(base, draw).map((changes, index) => version(index + 1, { ...changes, dated: true }));
      return draw.chance(0.3) ? draw.shuffled(versions) : versions;
    }
    case 'late': {
      const versions = [1, 2, 3].map((number) => version(number, { own: draw.int(1, 3) }));
      return versions.slice(draw.int(0, 1)).reverse();
    }
    default:
      return [version(1)];
  }
}

/** Versions with more and more messages. Some change the text of the first message. */
function growing(
  from: number,
  version: (number: number, changes?: Partial<Content>) => Version,
  draw: Draw,
): Version[] {
  const versions = [version(1)];
  let count = from;
  let edit = 0;
  for (let number = 2, last = draw.int(2, 4); number <= last; number += 1) {
    count += draw.int(1, 3);
    if (draw.chance(0.3)) edit = number;
    versions.push(version(number, { count, edit }));
  }
  return versions;
}

/** Another known person, a stranger, and back, each with another operator and some with one more message. */
function corrected({ id, contact, count }: Omit<Content, 'number'>, draw: Draw): Partial<Content>[] {
  const [one = contact, other = contact] = draw.shuffled(known);
  const contacts = [contact, one, unknownContact(id, 'other'), other, contact].slice(0, draw.int(2, 5));
  let messages = count;
  return contacts.map((next) => {
    const changes = { contact: next, count: messages, operator: draw.chance(0.2) ? undefined : draw.pick(operators) };
    if (draw.chance(0.5)) messages += 1;
    return changes;
  });
}

function intoCalls(versions: readonly Version[], draw: Draw): Call[] {
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
}
