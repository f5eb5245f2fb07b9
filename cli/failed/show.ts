import { type LedgerEntry, linkState } from '../../shared/ledger/states.ts';
import { decodeRecord } from '../../shared/queue/envelope.ts';
import type { Bridge } from '../aws/open.ts';
import type { HeldRecord } from '../aws/records.ts';
import type { Io } from '../io.ts';
import { escapeControls } from '../printable.ts';
import { renderFields, renderJson } from '../table.ts';
import { formatAge, formatTime } from '../time.ts';
import { isConversationNumber, type RecordSelector, withRecords } from './find.ts';
import type { FailedRecord } from './record.ts';
import { jsonOf } from './text.ts';

/** Prints a record, or all of a conversation. The conversation itself is shown only with `content`, because it is personal data. */
export async function show(
  bridge: Bridge,
  io: Io,
  { content, json, ...selector }: RecordSelector & { content?: boolean | undefined; json?: boolean | undefined },
): Promise<number> {
  const found = await withRecords(bridge.deadLetters, selector, async (held) => held, io.signal);
  const shown = [];
  for (const held of found) shown.push(await describe(bridge, io.now(), held, content));
  if (json) {
    const [first] = shown;
    io.out(renderJson(isConversationNumber(selector.id) ? shown.map((one) => one.json) : first?.json));
  } else io.out(shown.map(({ text }) => text).join('\n\n'));
  return 0;
}

async function describe(
  bridge: Bridge,
  now: number,
  { record, body }: HeldRecord,
  content: boolean | undefined,
): Promise<{ text: string; json: Record<string, unknown> }> {
  const { organization, conversation } = record;
  const decoded = decodeRecord(body);
  const acceptedAt = decoded.origin?.acceptedAt;
  const entry =
    organization === undefined || conversation === undefined
      ? undefined
      : await bridge.readLedger({ organization, conversation });
  const text = decoded.ok ? decoded.conversation : body;
  const ledger = entry === undefined ? null : ledgerJson(entry, now);
  const fields = renderFields([...recordFields(record, acceptedAt, now), ...ledgerFields(entry, now)]);
  const whole = typeof text === 'string' ? escapeControls(text) : renderJson(text);
  return {
    text: content ? `${fields}\n\n${whole}` : fields,
    json: { ...jsonOf(record, now), acceptedAt: acceptedAt ?? null, ledger, ...(content && { content: text }) },
  };
}

type Field = readonly [string, string | number | undefined];

function recordFields(record: FailedRecord, acceptedAt: string | undefined, now: number): Field[] {
  return [
    ['id', record.id],
    ['in SQS since', `${formatTime(record.sentAt)} (${formatAge(now - record.sentAt)})`],
    ['organization', record.organization],
    ['conversation', record.conversation],
    ['call', record.callId],
    ['accepted at', acceptedAt],
    ['reason', record.reason],
    ['step', record.step],
    ['status', record.status],
    ['limetype', record.limetype],
    ['lane', record.lane],
    ['receives', record.receives],
    ['size', `${record.bytes} bytes`],
  ];
}

function ledgerFields(entry: LedgerEntry | undefined, now: number): Field[] {
  if (entry === undefined) return [['ledger', 'knows nothing of it']];
  const { state, limetype, limeobject, url, reason, nextTryAt } = ledgerJson(entry, now);
  return [
    ['ledger', state],
    ...(reason === null ? [] : ([['ledger reason', reason]] as const)),
    ...(limeobject === null ? [] : ([['limeobject', `${limetype} ${limeobject} ${url}`]] as const)),
    ...(nextTryAt === null ? [] : ([['next try at', nextTryAt]] as const)),
  ];
}

/** The state that the conversation's link shows, and the limeobject. */
export function ledgerJson(entry: LedgerEntry, now: number) {
  return {
    state: linkState(entry, now),
    reason: entry.reason ?? null,
    limetype: entry.object?.limetype ?? null,
    limeobject: entry.object?.id ?? null,
    url: entry.object?.url ?? null,
    nextTryAt: entry.nextTryAt === undefined ? null : new Date(entry.nextTryAt).toISOString(),
  };
}
