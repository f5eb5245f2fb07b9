import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { AddonSecret, LimeSecret } from '../../shared/credentials.ts';
import { Options, readOptions } from '../../tools/local/options.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { blockOf, blocksOf, codeIn, documented, readText, tableOf } from './pages.ts';

const Answer = z.looseObject({ url: z.url(), accepted: z.array(z.looseObject({ id: z.number() })) });

describe('the README, followed by a stranger', () => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await startJourney({ limeRequestsPerSecond: 9, variables: { EXAMPLE: 'on' } });
    await journey.line(/^Open it: /m);
  });
  afterAll(() => journey.stop());

  /** A text of the documentation with the ports of this run. */
  const here = (text: string): string =>
    text
      .replaceAll('http://127.0.0.1:3000', new URL(journey.endpoint).origin)
      .replaceAll('http://127.0.0.1:3001', journey.sandboxUrl);

  it('prints what the README says it prints', () => {
    const printed = journey.stdout().split('\n');
    let at = 0;
    let maySkip = false;
    for (const line of here(blockOf('README.md', 'text')).split('\n')) {
      if (line === '…') {
        maySkip = true;
        continue;
      }
      if (maySkip) at = printed.indexOf(line, at);
      expect(printed[at]).toBe(line);
      at += 1;
      maySkip = false;
    }
    expect(printed.slice(at)).toEqual([]);
  });

  it('takes the curl as it is printed, and its link leads to a limeobject of the person', async () => {
    const [curl = ''] = blocksOf('README.md', 'sh').filter((block) => block.startsWith('curl '));
    const { stdout } = await promisify(execFile)('sh', ['-c', here(curl)]);
    expect(JSON.parse(stdout)).toEqual(documented(JSON.parse(here(blockOf('README.md', 'json')))));

    const { url, accepted } = Answer.parse(JSON.parse(stdout));
    await journey.ended(accepted.map(({ id }) => id));
    const opened = await fetch(url, { redirect: 'manual' });
    expect({ status: opened.status, location: opened.headers.get('location') }).toEqual({
      status: 302,
      location: expect.stringContaining('/client/object/helpdesk/'),
    });
    expect((await journey.helpdesks()).at(-1)).toMatchObject({ person: 1001, company: 1001 });
  });

  it('answers the example call of the HTTP contract as the page says', async () => {
    const [call = '', accepted = '', problem = ''] = blocksOf('docs/http.md', 'json');
    const taken = await journey.post(call);
    const origin = new URL(journey.endpoint).origin;
    expect({
      status: taken.status,
      body: JSON.parse((await taken.text()).replaceAll(origin, 'https://somewhere')),
    }).toEqual({ status: 200, body: documented(JSON.parse(accepted)) });

    const refused = await journey.post('{"id": "seven"}');
    expect({ status: refused.status, body: await refused.json() }).toEqual({
      status: 422,
      body: documented(JSON.parse(problem)),
    });
  });
});

describe('the variables of the local run', () => {
  const rows = tableOf('README.md', 'variables').map(([name, standard]) => [codeIn(name), codeIn(standard)]);

  it('are all in the README, and no other', () => {
    expect(rows.map(([name]) => name)).toEqual(Object.keys(Options.shape));
  });

  it('have the defaults that the README names', () => {
    const standard = Object.entries(readOptions([], {})).map(([name, value]) => [name, String(value)]);
    expect(rows.filter(([, value]) => value !== undefined)).toEqual(standard);
  });
});

describe('a deployment', () => {
  it.each([
    { file: 'addon.json', schema: AddonSecret },
    { file: 'lime.json', schema: LimeSecret },
  ])('has secrets that the functions can read: $file', ({ file, schema }) => {
    expect(schema.safeParse(JSON.parse(blockOf('docs/operations.md', `json ${file}`)))).toMatchObject({
      success: true,
    });
  });

  it('takes as many lines as the README says', () => {
    const deploy = /## Deploy[\s\S]*?```sh\n([\s\S]*?)\n```/.exec(readText('README.md'))?.[1] ?? '';
    expect(deploy.split('\n')).toEqual([
      'npm ci',
      'npx cdk bootstrap',
      'npx cdk deploy',
      expect.stringMatching(/^npx userlike-lime connect --organization \d+$/),
    ]);
  });
});
