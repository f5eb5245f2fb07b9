import * as z from 'zod';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../sandbox/sandbox.ts';

export type Answer = { status: number; headers: Headers; text: string; body: unknown };

function parsedText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export type TestSandbox = AsyncDisposable & {
  sandbox: Sandbox;
  /** Path below the application; an address as it came from a link is taken whole. */
  call: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
  /** Path below the origin, without a key. */
  control: (method: string, path: string, body?: unknown) => Promise<Answer>;
  query: (q: unknown) => Promise<Answer>;
};

async function answerTo(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsedText(text) };
}

function sent(body: unknown) {
  return body === undefined ? {} : { body: JSON.stringify(body) };
}

export async function aSandbox(options: SandboxOptions = {}): Promise<TestSandbox> {
  const sandbox = await startSandbox(options);
  const key = options.settings?.apiKey ?? 'local-lime-key';
  const call: TestSandbox['call'] = (method, path, body, headers = {}) =>
    answerTo(path.startsWith('http') ? path : `${sandbox.url}${path}`, {
      method,
      headers: { 'x-api-key': key, 'content-type': 'application/json', ...headers },
      ...sent(body),
    });
  return {
    sandbox,
    call,
    control: (method, path, body) => answerTo(`${sandbox.origin}${path}`, { method, ...sent(body) }),
    query: (q) => call('GET', `/api/v1/query/?${new URLSearchParams({ q: JSON.stringify(q) })}`),
    [Symbol.asyncDispose]: () => sandbox.close(),
  };
}

const Page = z.object({
  _links: z.object({ next: z.object({ href: z.string() }).optional() }),
  _embedded: z.object({ limeobjects: z.array(z.looseObject({ _id: z.number() })) }).optional(),
});

/** Ids on a page of a list, and the address of the next one. */
export function pageOf({ body }: Answer): { ids: number[]; next: string | undefined } {
  const { _links, _embedded } = Page.parse(body);
  return { ids: (_embedded?.limeobjects ?? []).map(({ _id }) => _id), next: _links.next?.href };
}

export function aTicket(overrides: Record<string, unknown> = {}) {
  return { title: 'Chat 63741936', ...overrides };
}

export function aNote(overrides: Record<string, unknown> = {}) {
  return {
    date: '2024-02-22T16:49:23+01:00',
    type: 'comment',
    note: 'Hello',
    ...overrides,
  };
}
