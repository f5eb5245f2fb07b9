import * as z from 'zod';
import type { dryRun } from '../../../cli/preview/dry-run.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { createAttach } from '../../../shared/delivery/attach/attach.ts';
import { type DeliveryDeps, deliver } from '../../../shared/delivery/deliver.ts';
import { createFind, createSearchAgain } from '../../../shared/delivery/relations/find.ts';
import { createFindOrCreate } from '../../../shared/delivery/relations/find-or-create.ts';
import type { Lime } from '../../../shared/lime/lime.ts';
import { createMetadata } from '../../../shared/lime/metadata.ts';
import { toDrafts } from '../../../shared/mapping/draft.ts';
import type { Settings } from '../../../shared/mapping/settings/settings.ts';
import type { Conversation } from '../../../shared/userlike/conversation.ts';
import { createMemoryLedger } from '../memory-ledger.ts';

type Requests = Awaited<ReturnType<typeof dryRun>>['requests'];

/** Delivers a conversation to the sandbox. Returns every writing request with its body. */
export async function deliverForReal(options: {
  sandbox: Sandbox;
  lime: Lime;
  conversation: Conversation;
  settings: Settings;
  acceptedAt: string;
}) {
  const { sandbox, lime, conversation, settings, acceptedAt } = options;
  const now = () => Date.parse(acceptedAt);
  const ledger = createMemoryLedger({ lease: 60_000, now });
  const metadata = createMetadata(lime);
  const drafts = toDrafts(conversation, settings);
  const find = createFind({ lime, metadata, drafts });
  const searchAgain = createSearchAgain({ lime, metadata });
  const deps: DeliveryDeps = {
    limeFor: () => lime,
    ledger,
    metadata,
    find,
    attach: createAttach({ lime, metadata, find, drafts }),
    findOrCreate: createFindOrCreate({ limeFor: () => lime, ledger, searchAgain, urlOf: () => '', now }),
    urlOf: () => 'https://lime.example.com/1',
    park: async () => {},
    delay: () => 1,
    unsettled: () => {},
    fetchMedia: async () => ({ ok: false, reason: 'notFound' }),
    limitConcurrency: (work) => work(),
    now,
  };
  for (const draft of drafts) {
    const additional = draft === drafts[0] ? {} : { additional: draft.instance.name };
    const job = {
      organization: '108905',
      conversation: String(conversation.id),
      callId: 'x',
      acceptedAt,
      lastTry: false,
    };
    await deliver({ ...job, ...additional, draft }, deps);
  }
  return sandbox
    .requests()
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path, body }) => ({ method, path: path.replace(/^\/lime/, ''), body }));
}

/** The requests of a dry run with the ids that the sandbox has given to what they create. */
export function withRealIds(requests: Requests, sandbox: Sandbox) {
  const ids = idsOf(requests, sandbox);
  return requests.map(({ method, path, body }) => ({ method, path, body: replaced(body, ids) }));
}

const Created = z.strictObject({ created: z.number() });
function replaced(value: unknown, ids: ReadonlyMap<number, number>): unknown {
  const created = Created.safeParse(value);
  if (created.success) return ids.get(created.data.created);
  if (Array.isArray(value)) return value.map((one) => replaced(one, ids));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaced(one, ids)]));
}

/** The sandbox counts its ids up for each limetype, so what was created last has the last ones. */
function idsOf(requests: Requests, sandbox: Sandbox): Map<number, number> {
  const left = new Map<string, number[]>();
  const limetypeOf = (path: string) => path.split('/').at(-2) ?? '';
  for (const { path } of requests) {
    const limetype = limetypeOf(path);
    const made = requests.filter((other) => limetypeOf(other.path) === limetype).length;
    if (!left.has(limetype)) {
      left.set(
        limetype,
        sandbox
          .objects(limetype)
          .map(({ _id }) => Number(_id))
          .slice(-made),
      );
    }
  }
  return new Map(
    requests.flatMap(({ path, creates }) =>
      creates === undefined ? [] : [[creates, left.get(limetypeOf(path))?.shift() ?? 0]],
    ),
  );
}
