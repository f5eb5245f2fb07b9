import { isDeepStrictEqual } from 'node:util';
import type { Links } from './people.ts';
import type { Version } from './version.ts';

/** The state after a run. */
export type EndState = {
  /** `title` contains the conversation's id. */
  helpdesks: readonly { id: number; title: string; email: string | undefined; links: Links }[];
  notes: readonly { helpdesk: number | undefined; text: string }[];
  /** The records in the DLQ. `version` is undefined if the record has none, `status` if Lime gave none. */
  parked: readonly { conversation: number; version: number | undefined; status: number | undefined; reason: string }[];
  /** Conversations that a fault made Lime refuse for good. */
  refused: ReadonlySet<number>;
  /** The state that each conversation's link shows. */
  links: ReadonlyMap<number, string>;
};

/** Conversations by their ids, messages by their tokens. */
export type Verdict = {
  accepted: number;
  /** Conversations with a limeobject whose newest version was not parked. */
  delivered: number;
  parked: number;
  /** Accepted conversations that Lime was made to refuse. Not all are parked, because a newer version may be accepted. */
  refused: number;
  lost: number[];
  twice: number[];
  /** Messages that are in no note of their conversation, except those of parked versions. */
  missing: string[];
  /** First lines that several notes of a limeobject share. */
  notesTwice: string[];
  /** Messages that are in the notes more than once. */
  messagesTwice: string[];
  /** Limeobjects with the values of an older version. */
  outdated: number[];
  /** Limeobjects whose links do not match contact and operator of the newest version. */
  wrongLinks: number[];
  /** Delivered conversations whose link shows another state. */
  misled: number[];
  /** Parked conversations that were not refused on purpose, each with its reason. */
  unexplained: string[];
};

/** The conversation in a title or in a note's first line. No other number there has as many digits. */
export function conversationIn(text: string): number | undefined {
  const [, id] = /^.*?\b(1\d{6})\b/.exec(text) ?? [];
  return id === undefined ? undefined : Number(id);
}

/** The status of refusals on purpose. */
const REFUSED = 422;

/** Judges an end state by the accepted versions, which may be repeated and in any order. */
export function judge(accepted: readonly Version[], end: EndState): Verdict {
  const verdict: Verdict = {
    accepted: 0,
    delivered: 0,
    parked: 0,
    refused: 0,
    lost: [],
    twice: [],
    missing: [],
    notesTwice: [],
    messagesTwice: [],
    outdated: [],
    wrongLinks: [],
    misled: [],
    unexplained: end.parked
      .filter(({ conversation, status }) => status !== REFUSED || !end.refused.has(conversation))
      .map(({ conversation, reason }) => `${conversation} (${reason})`),
  };
  const helpdesks = Map.groupBy(end.helpdesks, ({ title }) => conversationIn(title));
  const notes = Map.groupBy(end.notes, ({ helpdesk }) => helpdesk);
  const parked = Map.groupBy(end.parked, ({ conversation }) => conversation);

  for (const [conversation, versions] of Map.groupBy(accepted, (version) => version.conversation)) {
    verdict.accepted += 1;
    if (end.refused.has(conversation)) verdict.refused += 1;
    const newest = versions.reduce((one, other) => (other.number > one.number ? other : one));
    const inDlq = new Set((parked.get(conversation) ?? []).map(({ version = newest.number }) => version));
    const found = helpdesks.get(conversation) ?? [];
    const texts = found.flatMap(({ id }) => notes.get(id) ?? []).map(({ text }) => text);
    const isMissing = (token: string): boolean => !texts.some((text) => text.includes(token));
    const outdated = found.some(({ email }) => email !== newest.email);
    const wronglyLinked = found.some(({ links }) => !isDeepStrictEqual(links, newest.links));
    const isWhole = found.length > 0 && !newest.tokens.some(isMissing) && !outdated && !wronglyLinked;

    if (found.length > 1) verdict.twice.push(conversation);
    verdict.notesTwice.push(...repeated(texts.map((text) => text.split('\n', 1)[0] ?? '')));
    verdict.messagesTwice.push(...tokensOf(versions).filter((token) => timesIn(texts, token) > 1));
    if (inDlq.has(newest.number) && !isWhole) {
      verdict.parked += 1;
    } else if (found.length === 0) {
      verdict.lost.push(conversation);
      continue;
    } else {
      verdict.delivered += 1;
      if (outdated) verdict.outdated.push(conversation);
      if (wronglyLinked) verdict.wrongLinks.push(conversation);
      if (inDlq.size === 0 && end.links.get(conversation) !== 'delivered') verdict.misled.push(conversation);
    }
    const taken = versions.filter(({ number }) => !inDlq.has(number));
    const replaced = new Set(taken.flatMap((version) => version.replaced));
    verdict.missing.push(...tokensOf(taken).filter((token) => isMissing(token) && !replaced.has(token)));
  }
  return verdict;
}

function tokensOf(versions: readonly Version[]): string[] {
  return [...new Set(versions.flatMap(({ tokens }) => tokens))];
}

/** The broken promises of a run as sentences. */
export function violationsOf(verdict: Verdict): string[] {
  const { accepted, delivered, parked } = verdict;
  const lists = [
    ['lost', verdict.lost],
    ['twice in Lime', verdict.twice],
    ['messages missing', verdict.missing],
    ['notes twice', verdict.notesTwice],
    ['messages twice', verdict.messagesTwice],
    ['with the values of an older version', verdict.outdated],
    ['linked to others than their newest version says', verdict.wrongLinks],
    ['delivered, but their link says otherwise', verdict.misled],
    ['parked, and not refused on purpose', verdict.unexplained],
  ] as const;
  return [
    ...lists.flatMap(([what, list]) =>
      list.length === 0 ? [] : [`${list.length} ${what}: ${list.slice(0, 5).join(', ')}`],
    ),
    ...(accepted === delivered + parked
      ? []
      : [`${accepted} accepted, but ${delivered} delivered and ${parked} parked`]),
  ];
}

function repeated(lines: readonly string[]): string[] {
  return [...Map.groupBy(lines, (line) => line)].flatMap(([line, all]) => (all.length > 1 ? [line] : []));
}

function timesIn(texts: readonly string[], token: string): number {
  return texts.reduce((sum, text) => sum + text.split(token).length - 1, 0);
}
