import * as z from 'zod';
import { type LogLine, type Run, type RunOptions, startRun } from './run.ts';

const Answer = z.object({
  url: z.url().optional(),
  accepted: z.array(z.object({ id: z.union([z.number(), z.string()]), url: z.url() })),
  rejected: z.array(z.looseObject({ index: z.int() })),
  ignored: z.array(z.unknown()),
  callId: z.string(),
});

const LinkAnswer = z.object({
  state: z.enum(['queued', 'delivering', 'retrying', 'delivered', 'parked']),
  url: z.url().optional(),
  reason: z.string().optional(),
  nextTryAt: z.iso.datetime().optional(),
});

const Limeobjects = z.array(z.looseObject({ _id: z.int() }));
export type Limeobject = z.infer<typeof Limeobjects>[number];

/** A local run with what the tests of the whole journey ask of it. */
export type Journey = Run & {
  /** Posts an add-on call with the run's key. */
  post: (body: unknown, headers?: Record<string, string>) => Promise<Response>;
  /** Posts and expects that it is taken. */
  send: (body: unknown) => Promise<z.infer<typeof Answer>>;
  /** What the operator's link says, as JSON. */
  link: (url: string) => Promise<z.infer<typeof LinkAnswer>>;
  /** Waits until so many log lines of the mapper tell that each conversation ended (delivered or parked); the last one. */
  ended: (conversations: number | string | (number | string)[], times?: number) => Promise<LogLine>;
  /** Limeobjects that are in Lime because of us, oldest first: helpdesk by title, notes by their first line. */
  helpdesks: () => Promise<Limeobject[]>;
  notes: () => Promise<Limeobject[]>;
  /** Requests that Lime has received, and a way to forget them. */
  limeRequests: () => Promise<{ method: string; path: string; status?: number | null | undefined }[]>;
  forgetRequests: () => Promise<void>;
  /** Faults of the sandbox; an empty list ends them. */
  faults: (faults: unknown[]) => Promise<void>;
};

const Requests = z.array(z.looseObject({ method: z.string(), path: z.string(), status: z.number().nullish() }));

export async function startJourney(options: RunOptions = {}): Promise<Journey> {
  const run = await startRun({ limeRequestsPerSecond: 200, ...options });
  const post = (body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(run.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': 'local-addon-key', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const objects = async (limetype: string): Promise<Limeobject[]> =>
    Limeobjects.parse(await (await fetch(`${run.sandboxUrl}/_sandbox/objects/${limetype}`)).json());
  const isOurs = (text: unknown, form: RegExp): boolean => typeof text === 'string' && form.test(text);
  const control = async (method: string, path: string, body?: unknown): Promise<void> => {
    const response = await fetch(`${run.sandboxUrl}/_sandbox/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  };
  return {
    ...run,
    post,
    send: async (body) => {
      const response = await post(body);
      const text = await response.text();
      if (response.status !== 200) throw new Error(`${response.status} ${text}`);
      return Answer.parse(JSON.parse(text));
    },
    link: async (url) => LinkAnswer.parse(await (await fetch(url, { headers: { accept: 'application/json' } })).json()),
    ended: async (conversations, times = 1) => {
      const awaited = new Set([conversations].flat().map(String));
      const left = new Map([...awaited].map((id) => [id, times]));
      let seen = 0;
      let last: LogLine | undefined;
      await run.log(() => {
        for (const line of run.logs().slice(seen)) {
          seen += 1;
          const id = String(line.conversation);
          if ((line.message !== 'delivered' && line.message !== 'parked') || !awaited.has(id)) continue;
          last = line;
          // On a busy machine a record may come again that was delivered: it ends once more.
          const missing = (left.get(id) ?? 0) - 1;
          if (missing > 0) left.set(id, missing);
          else left.delete(id);
        }
        return left.size === 0;
      });
      if (last === undefined) throw new Error('nothing was awaited');
      return last;
    },
    helpdesks: async () => (await objects('helpdesk')).filter(({ title }) => isOurs(title, / · #\d+$/)),
    notes: async () => (await objects('history')).filter(({ note }) => isOurs(note, /^Userlike conversation /)),
    limeRequests: async () => Requests.parse(await (await fetch(`${run.sandboxUrl}/_sandbox/requests`)).json()),
    forgetRequests: () => control('DELETE', 'requests'),
    faults: (faults) => control('PUT', 'faults', faults),
  };
}
