import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aDirectory } from '../../support/a-directory.ts';
import { runHere } from '../../support/cli/run-cli.ts';
import { anInstance } from '../../support/mapping/builders.ts';

let directory: Awaited<ReturnType<typeof aDirectory>>;
beforeAll(async () => {
  directory = await aDirectory();
});
afterAll(() => directory[Symbol.asyncDispose]());

it('check looks for the coworkers of a fallback in the tenant', async () => {
  const coworker = {
    property: 'coworker',
    limetype: 'coworker',
    inactive: 'inactive',
    rules: [{ path: 'operator_assigned_to_email', properties: ['email'], as: 'email' }],
    fallback: [
      { path: 'um_widget.title', options: { Shop: 'otto.former@example.com', Site: 'no address' } },
      { value: 'maria.muster@example.com' },
      { value: 'nobody@example.com' },
    ],
  };
  const history = { relation: 'helpdesk', properties: { type: { value: 'comment' } } };
  const settings = { instances: [anInstance({ relations: { coworker }, history })] };
  const file = await directory.write('fallback.json', JSON.stringify(settings));
  const { code, stdout } = await runHere(['check', file, '--json', '--sandbox']);
  const at = 'instances.0.relations.coworker.fallback';
  expect(code).toBe(1);
  expect(JSON.parse(stdout).findings).toMatchObject([
    { path: `${at}.0.path`, rule: "um_widget.title is not a field of Userlike's conversations" },
    { path: `${at}.0`, rule: 'otto.former@example.com: no active coworker has it' },
    { path: `${at}.0`, rule: 'no address: cannot be searched as email' },
    { path: `${at}.2`, rule: 'nobody@example.com: no active coworker has it' },
  ]);
});
