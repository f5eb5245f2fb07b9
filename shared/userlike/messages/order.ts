import type { Message } from '../conversation.ts';
import { messageIdOf } from '../message.ts';
import { timeOf } from '../time.ts';
import { isDeleted } from './state.ts';

/**
 * Each message once, sorted by the time it was sent. Equal times fall back to part and message id, then to the order of
 * arrival. A message without a time goes next to the message with the nearest lower id, of the same part if possible.
 * Without such an id it goes last.
 */
export function inOrder(messages: readonly Message[]): Message[] {
  const known = ordered.get(messages);
  if (known !== undefined) return known;
  const sorted = sort(messages);
  ordered.set(messages, sorted);
  ordered.set(sorted, sorted);
  return sorted;
}

/** Lists by what they are sorted from: values, notes and recency of a draft need the same order. None is ever changed. */
const ordered = new WeakMap<readonly Message[], Message[]>();

function sort(messages: readonly Message[]): Message[] {
  const unique = new Map<string | Message, Version>();
  for (const message of messages) {
    const key = messageIdOf(message) ?? message;
    unique.set(key, preferredVersion({ message }, unique.get(key)));
  }
  return placesOf([...unique.values()].map(({ message }) => message))
    .sort(comparePlaces)
    .map(({ message }) => message);
}

/**
 * The position of a message: a time, the rank of its id, and before (-1) or after (1) the message with that time and
 * rank. The sort is stable, so equal places keep their order.
 */
type Place = { message: Message; at: bigint | undefined; rank: number; side: -1 | 0 | 1; ownRank: number };

function placesOf(messages: readonly Message[]): Place[] {
  const places = messages.map((message): Place => {
    const at = timeOf(message.sent_at);
    return { message, at, rank: AFTER_ALL, side: 0, ownRank: AFTER_ALL };
  });
  const numbered = places
    .flatMap((place) => {
      const numbers = numbersOf(messageIdOf(place.message));
      return numbers === undefined ? [] : [{ place, numbers }];
    })
    .sort((one, other) => compareNumbers(one.numbers, other.numbers));
  for (const [rank, { place }] of numbered.entries()) Object.assign(place, { rank, ownRank: rank });
  const parts = Map.groupBy(numbered, ({ numbers }) => numbers.part);
  for (const part of [...parts.values(), numbered]) placeTimeless(part.map(({ place }) => place));
  for (const { place } of numbered) place.at ??= BEFORE_ALL;
  return places;
}

const AFTER_ALL = Number.POSITIVE_INFINITY;
const BEFORE_ALL = -(10n ** 30n);

/** Gives each message without a time a place next to one with a time. Expects messages in the order of their ids. */
function placeTimeless(places: readonly Place[]): void {
  let neighbour: Place | undefined;
  let waiting: Place[] = [];
  for (const place of places) {
    if (place.at === undefined) {
      if (neighbour === undefined) waiting.push(place);
      else Object.assign(place, { at: neighbour.at, rank: neighbour.rank, side: 1 });
    } else if (place.side === 0) {
      for (const first of waiting) Object.assign(first, { at: place.at, rank: place.rank, side: -1 });
      waiting = [];
      neighbour = place;
    }
  }
}

function comparePlaces(one: Place, other: Place): number {
  return (
    compareTimes(one.at, other.at) ||
    compareRanks(one.rank, other.rank) ||
    one.side - other.side ||
    compareRanks(one.ownRank, other.ownRank)
  );
}

function compareTimes(at: bigint | undefined, against: bigint | undefined): number {
  if (at === against) return 0;
  if (at === undefined) return 1;
  return against === undefined || at < against ? -1 : 1;
}

/** One of several copies of a message. Its text is serialized at most once. */
type Version = { message: Message; text?: string };

/** A deleted copy wins. Otherwise the choice is arbitrary but deterministic. */
function preferredVersion(form: Version, other: Version | undefined): Version {
  if (other === undefined) return form;
  if (isDeleted(form.message) !== isDeleted(other.message)) return isDeleted(form.message) ? form : other;
  return textOf(form) > textOf(other) ? form : other;
}

function textOf(form: Version): string {
  form.text ??= JSON.stringify(form.message);
  return form.text;
}

/** An id that consists of numbers, without their leading zeros, and the part of the conversation that it names. */
type Numbers = { id: string; part: string; plain: string[] };

/** The numbers of an id: `conversation.part.message`, or a plain number. */
function numbersOf(id: string | undefined): Numbers | undefined {
  if (id === undefined || !/^\d+(?:\.\d+){0,3}$/.test(id)) return undefined;
  return { id, part: id.slice(0, Math.max(0, id.lastIndexOf('.'))), plain: id.split('.').map(withoutZeros) };
}

/** Compares numbers of any size part by part. Without leading zeros the longer number is greater. */
function compareNumbers(ones: Numbers, others: Numbers): number {
  for (const [index, part] of ones.plain.entries()) {
    const against = others.plain[index] ?? '';
    const order = part.length - against.length || compareTexts(part, against);
    if (order !== 0) return order;
  }
  return ones.plain.length - others.plain.length || compareTexts(ones.id, others.id);
}

function withoutZeros(digits: string): string {
  return digits.startsWith('0') ? digits.replace(/^0+/, '') : digits;
}

function compareTexts(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

function compareRanks(one: number, other: number): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
