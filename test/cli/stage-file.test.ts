import { describe, expect, it } from '@jest/globals';
import { variablesOfStage } from '../../cli/stage-file.ts';
import { aDirectory } from '../support/a-directory.ts';

describe('the file of a stage', () => {
  it('gives commands its region, its budget and its settings directory', async () => {
    await using checkout = await aDirectory();
    const file = {
      region: 'eu-north-1',
      limeRequestsPerSecond: 5,
      settingsDirectory: 'mine',
      alarmEmail: 'a@example.org',
    };
    await checkout.write('stages/test.json', file);

    expect(variablesOfStage('test', checkout.path('.'))).toEqual({
      AWS_REGION: 'eu-north-1',
      LIME_REQUESTS_PER_SECOND: '5',
      SETTINGS_DIRECTORY: checkout.path('mine'),
    });
    expect(variablesOfStage('other', checkout.path('.'))).toEqual({});
  });

  it.each([
    {
      title: 'a value of another type',
      file: { limeRequestsPerSecond: 'nine' },
      problem: /^stages\/test.json: limeRequestsPerSecond: /,
    },
    { title: 'a list', file: [], problem: /^stages\/test.json: / },
  ])('is refused with $title', async ({ file, problem }) => {
    await using checkout = await aDirectory();
    await checkout.write('stages/test.json', file);

    expect(() => variablesOfStage('test', checkout.path('.'))).toThrow(problem);
  });
});
