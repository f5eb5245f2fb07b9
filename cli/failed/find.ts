import type { HeldRecord, Records } from '../aws/records.ts';
import { CommandError, InterruptedError } from '../errors.ts';
import { listFailed } from './list.ts';

/** A record by its id, or all records of a conversation by its number. */
export type RecordSelector = { id: string; organization?: string | undefined };

/**
 * Does something with the selected records while they are held. Returns the results, the oldest record's first. Throws
 * CommandError if the DLQ has no such record, or if several organizations have a conversation of that number.
 */
export async function withRecords<T>(
  deadLetters: Records,
  selector: RecordSelector,
  use: (held: HeldRecord) => Promise<T>,
  signal: AbortSignal,
): Promise<T[]> {
  const { id } = selector;
  const isConversation = isConversationNumber(id);
  const ids = isConversation ? await idsOf(deadLetters, selector, signal) : new Set([id]);
  const found: { sentAt: number; result: T }[] = [];
  if (ids.size > 0) {
    await deadLetters.walk(async (held) => {
      if (!ids.has(held.record.id)) return 'next';
      found.push({ sentAt: held.record.sentAt, result: await use(held) });
      return found.length === ids.size ? 'stop' : 'next';
    }, signal);
  }
  if (found.length > 0) {
    return found.toSorted((one, other) => one.sentAt - other.sentAt).map(({ result }) => result);
  }
  if (signal.aborted) throw new InterruptedError();
  const what = isConversation ? `record of conversation ${id}` : `record ${id}`;
  throw new CommandError(`no ${what} in the DLQ: list its records with "failed list"`);
}

async function idsOf(
  deadLetters: Records,
  { id: conversation, organization }: RecordSelector,
  signal: AbortSignal,
): Promise<Set<string>> {
  const records = await listFailed(deadLetters, { conversation, organization }, signal);
  const organizations = new Set(records.map((record) => record.organization));
  if (organizations.size > 1) {
    const names = [...organizations].join(' and ');
    throw new CommandError(`several organizations have a conversation ${conversation}: choose --organization ${names}`);
  }
  return new Set(records.map(({ id }) => id));
}

export function isConversationNumber(id: string): boolean {
  return /^\d{1,32}$/.test(id);
}
