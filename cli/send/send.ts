import { CommandError } from '../errors.ts';
import type { Io } from '../io.ts';
import { count, renderJson, renderTable } from '../table.ts';
import { formatAge } from '../time.ts';
import { callsOf } from './calls.ts';
import { type Endpoint, postCall } from './post-call.ts';
import { type Outgoing, readConversations } from './read-conversations.ts';
import { noSentFile, openSentFile, type SentFile } from './sent-file.ts';

export type SendOptions = {
  /** A file, a directory, or `-`. */
  path: string;
  /** Conversations of one call. */
  callsOf: number;
  json?: boolean | undefined;
};

type Result = { links: { id: string; url: string }[]; rejected: { from: string; errors: string }[] };

/** Links that are shown. */
const MOST_LINKS = 20;

/** Sends conversations as Userlike's add-on does, and prints their links. Exit code 1 if any is rejected. */
export async function send(
  openEndpoint: () => Promise<Omit<Endpoint, 'fetch'>>,
  io: Io,
  { path, callsOf: size, json }: SendOptions,
): Promise<number> {
  const all = readConversations(path);
  const sent = path === '-' ? noSentFile : openSentFile(`${path.replace(/\/+$/, '')}.sent`);
  const left = all.filter(({ key }) => !sent.has(key));
  if (left.length < all.length)
    io.note(`${count(all.length - left.length, 'conversation')} already sent; going on with the others`);
  const endpoint = { ...(await openEndpoint()), fetch };
  const result: Result = { links: [], rejected: [] };
  try {
    await sendAll(left, size, endpoint, io, sent, result);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const done = result.links.length + result.rejected.length;
    throw new CommandError(
      `${error.message}; sent ${done} of ${left.length}, the same command goes on with the others`,
    );
  } finally {
    io.progress.clear();
    print(result, io, json);
  }
  sent.remove();
  return result.rejected.length > 0 ? 1 : 0;
}

async function sendAll(
  conversations: readonly Outgoing[],
  size: number,
  endpoint: Endpoint,
  io: Io,
  sent: SentFile,
  result: Result,
): Promise<void> {
  const began = io.now();
  let done = 0;
  for (const call of callsOf(conversations, size)) {
    if (io.signal.aborted) throw new CommandError('interrupted');
    const { accepted, rejected } = await postCall(`[${call.map(({ json }) => json).join(',')}]`, endpoint, io);
    sent.add(call.map(({ key }) => key));
    result.links.push(...accepted.map(({ id, url }) => ({ id: String(id), url })));
    for (const { index, errors } of rejected) {
      const told = errors.map(({ path, message }) => `${path || 'conversation'} ${message}`).join('; ');
      result.rejected.push({ from: call[index]?.from ?? '-', errors: told });
    }
    done += call.length;
    io.progress.show(done, conversations.length, paceOf(done, conversations.length - done, io.now() - began));
  }
}

/** `12/s, 3m 2s left`. */
export function paceOf(done: number, left: number, milliseconds: number): string {
  const perSecond = (done * 1_000) / Math.max(1, milliseconds);
  const rate = perSecond < 10 ? Math.round(perSecond * 10) / 10 : Math.round(perSecond);
  return `${rate}/s, ${formatAge((left / perSecond) * 1_000)} left`;
}

function print({ links, rejected }: Result, io: Io, json: boolean | undefined): void {
  if (json) {
    io.out(renderJson({ accepted: links, rejected }));
    return;
  }
  const shown = links.slice(0, MOST_LINKS).map(({ id, url }) => [id, url]);
  if (shown.length > 0) io.out(renderTable([{ title: 'CONVERSATION' }, { title: 'LINK' }], shown));
  if (links.length > MOST_LINKS) io.out(`and ${links.length - MOST_LINKS} more; --json prints all`);
  if (rejected.length > 0) {
    const rows = rejected.map(({ from, errors }) => [from, errors]);
    io.out(`\n${renderTable([{ title: 'REJECTED' }, { title: 'WHY' }], rows)}`);
  }
  io.out(`\naccepted ${links.length}, rejected ${rejected.length}`);
}
