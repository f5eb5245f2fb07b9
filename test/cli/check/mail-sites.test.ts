import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import { aDirectory } from '../../support/a-directory.ts';
import { runHere } from '../../support/cli/run-cli.ts';

const Report = z.object({ ok: z.boolean(), findings: z.array(z.looseObject({ path: z.string(), rule: z.string() })) });

let sandbox: Sandbox;
let directory: Awaited<ReturnType<typeof aDirectory>>;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
  directory = await aDirectory();
  for (const www of ['https://www.telia.com', 'http://posteo.de/en', 'www.example.com', 'mail.example', 'no site']) {
    await fetch(`${sandbox.url}/api/v1/limeobject/company/`, {
      method: 'POST',
      headers: { 'x-api-key': 'local-lime-key', 'content-type': 'application/json' },
      body: JSON.stringify({ name: www, www, buyingstatus: 'prospect' }),
    });
  }
});
afterAll(async () => {
  await sandbox.close();
  await directory[Symbol.asyncDispose]();
});

const Delivered = z.looseObject({
  instances: z.tuple([z.looseObject({ relations: z.looseObject({ company: z.looseObject({}) }) })]),
});

/** Checks the delivered settings, with companies searched by such a rule. */
async function check(rule: unknown, more: object = {}) {
  const settings = Delivered.parse(JSON.parse(readFileSync('settings/default.json', 'utf8')));
  settings.instances[0].relations.company.rules = [rule, rule];
  const file = await directory.write('checked.json', { ...settings, $schema: undefined, ...more });
  const before = sandbox.requests().length;
  const { stdout } = await runHere(['check', file, '--json'], {
    LIME_URL: sandbox.url,
    LIME_API_KEY: 'local-lime-key',
  });
  const queries = sandbox
    .requests()
    .slice(before)
    .filter(({ path }) => path.includes('/query/'));
  return { ...Report.parse(JSON.parse(stdout)), queries: queries.length };
}

const byDomain = { path: 'contact.email', properties: ['www'], as: 'domain' };
const at = 'instances.0.relations.company.rules';

describe('companies whose site is that of a public mail service', () => {
  it('are hinted at, with one query, for each rule that cannot match them', async () => {
    const { ok, findings, queries } = await check(byDomain);
    const hint = {
      severity: 'hint',
      property: 'company.www',
      rule: 'posteo.de, telia.com: sites in Lime of public mail services, whose addresses match no company',
    };
    expect({ ok, findings, queries }).toEqual({
      ok: true,
      findings: [
        { ...hint, path: `${at}.0` },
        { ...hint, path: `${at}.1` },
      ],
      queries: 1,
    });
  });

  it('include the public mail domains of the settings', async () => {
    const { findings } = await check(byDomain, { publicMailDomains: ['mail.example'] });
    expect(findings[0]?.rule).toMatch(/^mail\.example, posteo\.de, telia\.com: /);
  });

  it('are not queried if no rule searches by domain', async () => {
    expect(await check({ ...byDomain, as: 'text' })).toEqual({ ok: true, findings: [], queries: 0 });
  });

  it('are not reported if Lime refuses the query', async () => {
    sandbox.setFaults([{ kind: 'error', status: 400, match: { path: '/query/' } }]);
    expect(await check(byDomain)).toEqual({ ok: true, findings: [], queries: 1 });
    sandbox.setFaults([]);
  });
});
