import type { HeldRecord, Records } from '../aws/records.ts';
import { CommandError, InterruptedError } from '../errors.ts';

/** Does something with one record while it is held. Throws CommandError if the DLQ has no record of that id. */
export async function withRecord<T>(
  deadLetters: Records,
  id: string,
  use: (held: HeldRecord) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  let found: { result: T } | undefined;
  await deadLetters.walk(async (held) => {
    if (held.record.id !== id) return 'next';
    found = { result: await use(held) };
    return 'stop';
  }, signal);
  if (found !== undefined) return found.result;
  if (signal.aborted) throw new InterruptedError();
  throw new CommandError(`no record ${id} in the DLQ: list its records with "failed list"`);
}
