import { type LedgerEntry, linkState } from '../../shared/ledger/states.ts';
import { decodeRecord } from '../../shared/queue/envelope.ts';
import type { Bridge } from '../aws/open.ts';
import type { Io } from '../io.ts';
import { escapeControls } from '../printable.ts';
import { renderFields, renderJson } from '../table.ts';
import { formatAge, formatTime } from '../time.ts';
import { withRecord } from './find.ts';
import type { FailedRecord } from './record.ts';
import { jsonOf } from './text.ts';

/** Prints a record. Its conversation is shown only with `content`, because it is personal data. */
export async function show(
  bridge: Bridge,
  io: Io,
  { id, content, json }: { id: string; content?: boolean | undefined; json?: boolean | undefined },
): Promise<number> {
  const { record, body } = await withRecord(bridge.deadLetters, id, async (held) => held, io.signal);
  const { organization, conversation } = record;
  const decoded = decodeRecord(body);
  const acceptedAt = decoded.origin?.acceptedAt;
  const entry =
    organization === undefined || conversation === undefined
      ? undefined
      : await bridge.readLedger({ organization, conversation });
  const text = decoded.ok ? decoded.conversation : body;
  const now = io.now();
  if (json) {
    const ledger = entry === undefined ? null : ledgerJson(entry, now);
    const shown = { ...jsonOf(record, now), acceptedAt: acceptedAt ?? null, ledger, ...(content && { content: text }) };
    io.out(renderJson(shown));
    return 0;
  }
  io.out(renderFields([...recordFields(record, acceptedAt, now), ...ledgerFields(entry, now)]));
  if (content) io.out(`\n${typeof text === 'string' ? escapeControls(text) : renderJson(text)}`);
  return 0;
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
function ledgerJson(entry: LedgerEntry, now: number) {
  return {
    state: linkState(entry, now),
    reason: entry.reason ?? null,
    limetype: entry.object?.limetype ?? null,
    limeobject: entry.object?.id ?? null,
    url: entry.object?.url ?? null,
    nextTryAt: entry.nextTryAt === undefined ? null : new Date(entry.nextTryAt).toISOString(),
  };
}
