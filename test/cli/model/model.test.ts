import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import { runHere } from '../../support/cli/run-cli.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const model = (...args: string[]) =>
  runHere(['model', ...args], { LIME_URL: sandbox.url, LIME_API_KEY: 'local-lime-key' });

it('model lists the limetypes of the tenant', async () => {
  const { code, stdout } = await model();

  expect(code).toBe(0);
  expect(stdout).toMatch(/^LIMETYPE +SHOWN AS +PROPERTIES$/m);
  expect(stdout).toMatch(/^helpdesk +\S.* +\d+$/m);
});

it('model shows the properties of a limetype, with options and related limetypes', async () => {
  const { code, stdout } = await model('helpdesk');
  const json = await model('helpdesk', '--json');

  expect(code).toBe(0);
  expect(stdout).toMatch(/^PROPERTY +SHOWN AS +TYPE +LENGTH +REQUIRED +OPTIONS OR LIMETYPE$/m);
  expect(stdout).toMatch(/^person +.*belongsto .* person$/m);
  expect(JSON.parse(json.stdout)).toMatchObject({
    name: 'helpdesk',
    properties: expect.arrayContaining([expect.objectContaining({ name: 'person', limetype: 'person' })]),
  });
});

it('model suggests the limetype that was meant', async () => {
  expect(await model('helpdsk')).toMatchObject({
    code: 2,
    stderr: 'userlike-lime: the tenant has no limetype helpdsk; did you mean helpdesk?',
  });
});
