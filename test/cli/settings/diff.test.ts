import { describe, expect, it } from '@jest/globals';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { changesBetween } from '../../../cli/settings/changes.ts';
import { settingsIn } from '../../../cli/settings/deployed.ts';
import { describeSettings } from '../../../infra/constructs/settings-metadata.ts';
import { aDirectory } from '../../support/a-directory.ts';
import { runHere } from '../../support/cli/run-cli.ts';

describe('the differences of settings', () => {
  it('are told by path: added, removed and changed', () => {
    const before = { language: 'en', country: 'SE', instances: [{ limetype: 'helpdesk', properties: { a: 1 } }] };
    const after = { language: 'sv', timeZone: 'UTC', instances: [{ limetype: 'helpdesk', properties: { a: [1] } }] };

    expect(changesBetween(before, after)).toEqual([
      { path: 'language', before: 'en', after: 'sv' },
      { path: 'country', before: 'SE', after: undefined },
      { path: 'instances.0.properties.a', before: 1, after: [1] },
      { path: 'timeZone', before: undefined, after: 'UTC' },
    ]);
  });

  it('of instances with names do not depend on their order', () => {
    const [one, other] = [
      { name: 'Case', a: 1 },
      { name: 'Deal', a: 2 },
    ];

    expect(changesBetween([one, other], [{ ...other, a: 3 }, one])).toEqual([{ path: 'Deal.a', before: 2, after: 3 }]);
  });
});

describe('settings diff', () => {
  it('shows what a file would change, with exit code 1', async () => {
    await using directory = await aDirectory();
    await directory.write('default.json', { language: 'en', country: 'SE' });
    const file = await directory.write('108905.json', { language: 'sv', timeZone: 'UTC' });
    const deployed = await aDirectory();
    await deployed.write('default.json', { language: 'en', country: 'SE' });
    const variables = { LOCAL_SETTINGS: deployed.path('.') };
    const changed = await runHere(['settings', 'diff', file], variables);
    const same = await runHere(['settings', 'diff', directory.path('default.json')], variables);
    await deployed[Symbol.asyncDispose]();

    expect(changed.code).toBe(1);
    expect(changed.stdout.split('\n').slice(1)).toEqual([
      '',
      '~ language: "en" → "sv"',
      '- country: "SE"',
      '+ timeZone: "UTC"',
      '',
      '3 changes',
    ]);
    expect(same.code).toBe(0);
    expect(same.stdout).toMatch(/ is what is deployed as default\.json$/);
  });

  it('reads what the stack says of its settings', async () => {
    await using directory = await aDirectory();
    await directory.write('default.json', '{"language": "en"}');
    const stack = new Stack(new App(), 'Test');
    describeSettings(stack, directory.path('.'));
    const read = settingsIn(JSON.stringify(Template.fromStack(stack).toJSON()), 'Test');

    expect([read('default.json'), read('108905.json')]).toEqual(['{"language": "en"}', undefined]);
    expect(() => settingsIn('{}', 'Test')).toThrow('the stack Test does not tell its settings: deploy it again');
  });

  it('explains a file that cannot be read', async () => {
    expect(await runHere(['settings', 'diff', '/dev/null/x'], { LOCAL_SETTINGS: '.' })).toMatchObject({
      code: 2,
      stderr: 'userlike-lime: /dev/null/x cannot be read',
    });
  });
});
