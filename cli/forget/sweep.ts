import { decodeRecord } from '../../shared/queue/envelope.ts';
import type { Bridge } from '../aws/open.ts';
import type { HeldRecord } from '../aws/records.ts';
import { isContact } from './contact.ts';

/** Selects records by their conversations, or by their contact. */
export type Person = {
  organization: string;
  conversations: ReadonlySet<string>;
  contact: { text: string; country: string } | undefined;
};

export type FoundRecord = { place: 'queue' | 'DLQ'; id: string; conversation: string };

export type Swept = {
  found: FoundRecord[];
  /** The number of records that could not be received: others hold them, or they wait for their next try. */
  notVisible: { queue: number; dlq: number };
  /** Ids of records in the DLQ whose content, and so whose owner, cannot be read. */
  unreadable: string[];
};

/**
 * Finds the person's records in both queues and the DLQ, and removes them if asked to. Reads the queues first, so that a
 * record that is parked meanwhile is found in the DLQ.
 */
export async function sweep(
  bridge: Pick<Bridge, 'queues' | 'deadLetters'>,
  person: Person,
  { remove, signal }: { remove: boolean; signal: AbortSignal },
): Promise<Swept> {
  const swept: Swept = { found: [], notVisible: { queue: 0, dlq: 0 }, unreadable: [] };
  const visitIn =
    (place: FoundRecord['place']) =>
    async (held: HeldRecord): Promise<'next'> => {
      const { id, organization, conversation } = held.record;
      if (organization !== undefined && organization !== person.organization) return 'next';
      if (conversation === undefined) {
        // In the queue the next mapper parks it.
        if (place === 'DLQ') swept.unreadable.push(id);
        else swept.notVisible.queue += 1;
      } else if (isOf(person, conversation, held.body)) {
        if (remove) await held.remove();
        swept.found.push({ place, id, conversation });
      }
      return 'next';
    };
  for (const queue of Object.values(bridge.queues)) {
    if (!signal.aborted) swept.notVisible.queue += await queue.walk(visitIn('queue'), signal);
  }
  if (!signal.aborted) swept.notVisible.dlq = await bridge.deadLetters.walk(visitIn('DLQ'), signal);
  return swept;
}

function isOf({ conversations, contact }: Person, conversation: string, body: string): boolean {
  if (conversations.has(conversation)) return true;
  if (contact === undefined) return false;
  const decoded = decodeRecord(body);
  return decoded.ok && isContact(decoded.conversation, contact.text, contact.country);
}
