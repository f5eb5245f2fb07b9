import { describe, expect, it } from '@jest/globals';
import { deployedFiles, regularExpressionsIn } from './regular-expressions.ts';

// In JavaScript, so that the answer is the same on every machine.
process.env.RECHECK_BACKEND = 'pure';
const { check } = await import('recheck');

/** What the checker cannot read (the flag `v`), with a pattern of the same form: a line break, then what is no break. */
const standIns = new Map([
  [
    String.raw`(\r\n|[\n\v\f\r\u0085\u2028\u2029])(?=[[\p{DI}\p{Zs}\p{Cc}]--[\n\v\f\r\u0085]]*\[)`,
    String.raw`[\n\v\f\r\u0085\u2028\u2029](?=[ \t\u00ad]*\[)`,
  ],
]);

/** Read by whoever deploys: environment and settings. Nobody else's text ever meets their expressions. */
const ofDeployment = /^shared\/(?:env\.ts|mapping\/settings\/)/;

const found = deployedFiles()
  .filter((file) => !ofDeployment.test(file))
  .map((file) => regularExpressionsIn(file));

describe('a regular expression of the deployed code', () => {
  it.each(found.flatMap(({ literals }) => literals))(
    'takes no longer for a text that was made for it: $where /$pattern/$flags',
    async ({ pattern, flags }) => {
      const { status, ...more } = await check(standIns.get(pattern) ?? pattern, flags.replace('v', 'u'), {
        timeout: 20_000,
      });

      expect({ status, ...('attack' in more && { attack: more.attack?.pattern }) }).toEqual({ status: 'safe' });
    },
  );

  it('is built of texts in three places only, of names that are escaped', () => {
    expect(found.flatMap(({ built }) => built.map((where) => where.replace(/:\d+$/, '')))).toEqual([
      'shared/lime/client.ts',
      'shared/userlike/transcript.ts',
      'shared/mapping/notes/written.ts',
    ]);
  });

  it('would be found, were it slow', async () => {
    const { literals, built } = regularExpressionsIn(
      'a.ts',
      'const a = (t: string) => /^(\\w+\\s?)*$/.test(t); RegExp(a);',
    );

    expect(literals).toEqual([{ where: 'a.ts:1', pattern: '^(\\w+\\s?)*$', flags: '' }]);
    expect(built).toEqual(['a.ts:1']);
    expect(await check('^(\\w+\\s?)*$', '')).toMatchObject({ status: 'vulnerable' });
  });
});
