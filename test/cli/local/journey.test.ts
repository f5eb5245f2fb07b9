import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { aDirectory } from '../../support/a-directory.ts';
import { runCli } from '../../support/cli/run-cli.ts';
import { aConversation } from '../../support/conversations.ts';
import { type Journey, startJourney } from '../../support/journey.ts';

let journey: Journey;
/** Runs a command on the local run, without any variable. */
const local = (...args: string[]) => runCli([...args, '--local', '--port', new URL(journey.endpoint).port]);
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.stop());

describe('the running local run', () => {
  it('is found without variables: a conversation is sent, shown and counted', async () => {
    await using directory = await aDirectory();
    const file = await directory.write('conversation.json', aConversation({ id: 7 }));
    const sent = await local('send', file);
    await journey.ended(7);
    const shown = await local('show', '7', '--json');
    const logs = await local('logs', '--conversation', '7');
    const reconciled = await local('reconcile', '--until', new Date().toISOString());

    expect(sent).toMatchObject({ code: 0, stdout: expect.stringMatching(/\naccepted 1, rejected 0$/) });
    const { link } = z.object({ state: z.literal('delivered'), link: z.url() }).parse(JSON.parse(shown.stdout));
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(302);
    expect(logs.stdout).toMatch(/accepted 1 conversation\n.* created limeobject \d+ after .+ s$/);
    expect(reconciled.stdout).toMatch(/\naccepted 1 = delivered 1 \+ parked 0 \+ queued 0$/);
  });

  it('takes calls with the key that connect --local printed', async () => {
    const connected = await local('connect', '--organization', '4711');
    const [, address = ''] = /^Lime CRM URL: +(\S+)$/m.exec(connected.stdout) ?? [];
    const [, key = ''] = /^API key: +(\S+)$/m.exec(connected.stdout) ?? [];
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'x-api-key': key, 'content-type': 'application/json' },
      body: JSON.stringify(aConversation({ id: 8, organization_id: 4711 })),
    });

    expect(address).toBe(journey.endpoint.replace('108905', '4711'));
    expect(answer.status).toBe(200);
    expect(await journey.ended(8)).toMatchObject({ message: 'delivered', organization: '4711' });
  });

  it('gives its tenant to the commands about settings', async () => {
    expect(await local('model', 'coworker')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^PROPERTY /) });
    expect(await local('settings', 'diff', 'settings/default.json')).toMatchObject({
      code: 0,
      stdout: 'settings/default.json is what is deployed as default.json',
    });
  });

  it('is refused beside a stage', async () => {
    expect(await local('status', '--stage', 'test')).toMatchObject({
      code: 2,
      stderr: 'userlike-lime: --local: leave out --stage',
    });
  });
});
