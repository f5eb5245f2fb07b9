import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import type { SchemaName } from '../../../sandbox/data/schema.ts';
import { createLime } from '../../../shared/lime/client.ts';
import type { Lime } from '../../../shared/lime/lime.ts';
import type { FetchMedia } from '../../../shared/media/fetch-media.ts';
import { Case, caseFiles, type Expected, outcomeOf, readCase } from '../../../tools/cases/case.ts';
import { type SandboxMapper, startSandboxMapper } from '../../support/sandbox-mapper.ts';

const cases = caseFiles().map((file) => ({ file, ...Case.parse(readCase(file)) }));

it('the cases are at least 25, each with its own title', () => {
  expect(cases.length).toBeGreaterThanOrEqual(25);
  expect(new Set(cases.map(({ title }) => title)).size).toBe(cases.length);
});

describe.each<{ tenant: SchemaName }>([{ tenant: 'core' }, { tenant: 'custom' }])(
  'in the tenant $tenant',
  ({ tenant }) => {
    let sandboxUrl: string;
    let mapper: SandboxMapper;
    let lime: Lime;

    describe.each(cases.filter((one) => one.tenant === tenant))('$title', (one) => {
      const { file, settings, expected } = one;
      beforeAll(async () => {
        mapper = await startSandboxMapper(settings, { schema: tenant, fetchMedia: aFile });
        sandboxUrl = mapper.sandbox.url;
        const secret = async () => ({ url: sandboxUrl, apiKey: 'local-lime-key' });
        lime = createLime({ secret, refetchSecret: secret, rateLimiter: async () => {}, fetch });
      });
      afterAll(() => mapper.sandbox.close());
      afterEach(() => expect(mapper.parked.length).toBe(expected !== undefined && 'parked' in expected ? 1 : 0));

      it('is previewed and sent to Lime as its file says', async () => {
        const before = countObjects(mapper);
        expect({ file, ...(await outcomeOf(one, lime)) }).toEqual({ file, ...expected });
        await mapper.send([readConversation(file)]);
        if (expected !== undefined && 'skipped' in expected) {
          expect(received(mapper)).toEqual([]);
        } else if (expected === undefined || 'parked' in expected) {
          expect(mapper.parked).toMatchObject([{ reason: expected?.parked }]);
          expect(received(mapper)).toEqual([]);
        } else {
          expect(received(mapper)).toEqual(sentFor(expected, before));
        }
      });
    });
  },
);

const limetypes = ['helpdesk', 'deal', 'history', 'person', 'company', 'document', 'ulconversation', 'todo'];

/** How many limeobjects there are of each limetype: the next id is one above. */
function countObjects({ sandbox }: SandboxMapper): Map<string, number> {
  return new Map(limetypes.map((limetype) => [limetype, has(sandbox, limetype)]));
}

function has(sandbox: SandboxMapper['sandbox'], limetype: string): number {
  try {
    return sandbox.objects(limetype).length;
  } catch {
    // The tenant has no such limetype.
    return 0;
  }
}

function readConversation(file: string): unknown {
  return z.looseObject({ conversation: z.unknown() }).parse(readCase(file)).conversation;
}

const aFile: FetchMedia = async (_url, _limits, name) => ({
  ok: true,
  name,
  bytes: Buffer.from('%PDF'),
  contentType: 'application/pdf',
});

/** What Lime was sent; of a file the request alone. */
function received({ sandbox }: SandboxMapper) {
  return sandbox
    .requests()
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path, body }) => ({
      method,
      path: path.slice(new URL(sandbox.url).pathname.length),
      body: path.endsWith('/file/') ? 'a file' : body,
    }));
}

/** The requests of a case with the ids that a tenant gives which has so many limeobjects already. */
function sentFor({ requests }: Extract<Expected, { requests: unknown }>, counts: Map<string, number>) {
  const ids = new Map<number, number>();
  return requests.map(({ method, path, body, creates }) => {
    const kind = path.split('/').at(-2) ?? '';
    const sent = Object.fromEntries(
      Object.entries(body).map(([name, value]) => {
        const created = z.object({ created: z.int() }).safeParse(value).data?.created;
        return [name, created === undefined ? value : ids.get(created)];
      }),
    );
    if (creates !== undefined) {
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      ids.set(creates, 1_000 + count);
    }
    return { method, path, body: kind === 'file' ? 'a file' : sent };
  });
}
