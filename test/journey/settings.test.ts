import { expect, it } from '@jest/globals';
import * as z from 'zod';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { aDirectory } from '../support/a-directory.ts';
import { runCli } from '../support/cli/run-cli.ts';
import { startMain } from '../support/run.ts';

const Run = z.object({ requests: z.array(z.object({ method: z.string(), path: z.string(), body: z.unknown() })) });

it('a customised tenant: init writes settings, check passes, and the documented conversation arrives as previewed', async () => {
  const sandbox = await startSandbox({ schema: 'custom' });
  await using directory = await aDirectory();
  const settings = directory.path('default.json');
  const variables = { LIME_URL: sandbox.url, LIME_API_KEY: 'local-lime-key' };
  const init = await runCli(['init', '--output', settings], variables);
  const check = await runCli(['check', settings], variables);
  const example = 'test/fixtures/conversation.json';
  const preview = await runCli(['preview', example, '--settings', settings, '--json'], variables);
  const run = startMain({ variables: { ...variables, EXAMPLE: 'on', SETTINGS_DIRECTORY: directory.path('') } });
  await run.line(/^ready /m);
  const [, id] = await run.line(/The example conversation became helpdesk (\d+):/);
  await run.line(/^Open it: /m);
  run.signal('SIGTERM');
  await run.exited;
  const requests = sandbox.requests().filter(({ method }) => method !== 'GET');
  await sandbox.close();

  expect(run.stderr()).toMatch(/^(synthesizing the stack|reusing the last synthesis), .+\nstarting the functions\n/);
  expect([init.code, check.code, preview.code]).toEqual([0, 0, 0]);
  expect(check.stdout).toBe(`${settings}: fits the tenant`);
  expect(requests[0]).toMatchObject({ body: { subject: 'Hello, I have a question. · #63741936' } });
  expect(run.stdout()).toMatch(/\nHistory note \d+:\nUserlike conversation 63741936 \(1\/1\)/);
  expect(requests.map(({ method, path, body }) => ({ method, path: path.replace(/^\/lime/, ''), body }))).toEqual(
    Run.parse(JSON.parse(preview.stdout)).requests.map(({ method, path, body }) => ({
      method,
      path,
      body: JSON.parse(JSON.stringify(body).replaceAll('{"created":1}', String(id))),
    })),
  );
});
