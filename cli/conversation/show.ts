import type { Bridge } from '../aws/open.ts';
import { CommandError, UsageError } from '../errors.ts';
import { isConversationNumber } from '../failed/find.ts';
import { listWithLedger } from '../failed/list.ts';
import type { Io } from '../io.ts';
import { eventLine, skipRepeatedLinks } from '../logs/event-line.ts';
import { readEvents } from '../logs/logs.ts';
import { count, renderFields, renderJson } from '../table.ts';
import { formatAge, formatTime } from '../time.ts';
import { adviceFor } from './advice.ts';
import { type Known, stateOf } from './known.ts';

export type ShowOptions = {
  conversation: string;
  organization?: string | undefined;
  /** Log lines since this time are read, milliseconds. */
  since: number;
  json?: boolean | undefined;
};

/** Prints what became of a conversation, and what to do next. Leaves queue and DLQ as they are. */
export async function showConversation(
  bridge: Bridge,
  io: Io,
  { json, ...options }: ShowOptions,
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const known = await knownOf(bridge, io, options, environment);
  const now = io.now();
  const link = await bridge.linkOf(known);
  if (json) {
    io.out(renderJson(jsonOf(known, link, now)));
    return 0;
  }
  const { entry, records, events } = known;
  io.out(renderFields(fieldsOf(known, link, now)));
  const isNew = skipRepeatedLinks();
  const lines = events.filter(isNew).flatMap((line) => eventLine(line) ?? []);
  if (lines.length > 0) io.out('');
  for (const { text, colour } of lines) io.out(text, colour);
  io.out(`\n${adviceFor(known, now)}`);
  return records.length > 0 || (entry === undefined && events.length === 0) ? 1 : 0;
}

async function knownOf(
  bridge: Bridge,
  io: Io,
  options: Omit<ShowOptions, 'json'>,
  environment: NodeJS.ProcessEnv,
): Promise<Known> {
  const { conversation, organization: given, since } = options;
  if (!isConversationNumber(conversation)) throw new UsageError('show: give the number of a conversation');
  const all = await listWithLedger(bridge, { conversation, organization: given }, io.signal);
  const lines =
    bridge.readLog === undefined
      ? []
      : await readEvents(bridge.readLog, { since, until: io.now(), conversation, organization: given });
  const organization = given ?? organizationOf([...all, ...lines.map(({ line }) => line)]) ?? environment.ORGANIZATION;
  if (organization === undefined) {
    throw new CommandError(
      `nothing is known of conversation ${conversation}: give --organization, or an earlier --since`,
    );
  }
  const key = { organization, conversation };
  return {
    ...key,
    entry: await bridge.readLedger(key),
    records: all,
    events: lines.map(({ line }) => line),
  };
}

/** The organization that records and lines name. Throws CommandError if they name several. */
function organizationOf(named: readonly { organization?: string | undefined }[]): string | undefined {
  const names = [...new Set(named.flatMap(({ organization }) => organization ?? []))];
  if (names.length > 1)
    throw new CommandError(`several organizations have this conversation: choose --organization ${names.join(' or ')}`);
  return names[0];
}

type Field = readonly [string, string | number | undefined];

function fieldsOf(
  { organization, conversation, entry, records, events }: Known,
  link: string | undefined,
  now: number,
): Field[] {
  const [oldest] = records;
  const tries = events.filter(({ message, step }) => message === 'retrying' && step !== 'start').length;
  const reason = oldest?.reason ?? entry?.reason;
  const { object, nextTryAt } = entry ?? {};
  return [
    ['conversation', conversation],
    ['organization', organization],
    ['state', stateOf({ entry, records, events }, now)],
    ...optional('reason', reason),
    ...optional('failed tries', tries > 0 ? tries : undefined),
    ...optional(
      'next try',
      nextTryAt === undefined || records.length > 0 ? undefined : timeAndDistance(nextTryAt, now),
    ),
    ...optional('limeobject', object && `${object.limetype} ${object.id} ${object.url}`),
    ...optional(
      'in the DLQ',
      oldest &&
        `${count(records.length, 'record')}, since ${formatTime(oldest.sentAt)} (${formatAge(now - oldest.sentAt)})`,
    ),
    ...optional('call', entry?.callId),
    ...optional('link', link),
  ];
}

function optional(name: string, value: string | number | undefined): Field[] {
  return value === undefined ? [] : [[name, value]];
}

function timeAndDistance(time: number, now: number): string {
  return time <= now ? `${formatTime(time)} (due)` : `${formatTime(time)} (in ${formatAge(time - now)})`;
}

function jsonOf(known: Known, link: string | undefined, now: number): Record<string, unknown> {
  const { organization, conversation, entry, records, events } = known;
  return {
    ...{ organization, conversation },
    state: stateOf(known, now),
    reason: records[0]?.reason ?? entry?.reason ?? null,
    nextTryAt: entry?.nextTryAt === undefined ? null : new Date(entry.nextTryAt).toISOString(),
    limetype: entry?.object?.limetype ?? null,
    limeobject: entry?.object?.id ?? null,
    url: entry?.object?.url ?? null,
    link: link ?? null,
    records: records.map(({ id, reason, step, deliveredSince }) => ({
      id,
      reason,
      step: step ?? null,
      deliveredSince,
    })),
    events,
    next: adviceFor(known, now),
  };
}
