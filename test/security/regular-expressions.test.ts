import { describe, expect, it } from '@jest/globals';
import { regularExpressionsIn } from '../../tools/regular-expressions/found.ts';
import {
  completed,
  foundInDeployedCode,
  hashOf,
  readSafe,
  verdictOf,
} from '../../tools/regular-expressions/verdicts.ts';

const { literals, built } = foundInDeployedCode();
const safe = readSafe();
/** Milliseconds for the checks of expressions whose verdicts are not kept yet. */
const patience = 1_200_000;

describe('a regular expression of the deployed code', () => {
  it.each(literals)(
    'takes no longer for a text that was made for it: $where /$pattern/$flags',
    async (expression) => {
      const verdict = hashOf(expression) in safe ? { status: 'safe' } : await verdictOf(expression);

      expect(verdict).toEqual({ status: 'safe' });
    },
    patience,
  );

  it('is built of texts in one place only, of names that are escaped', () => {
    expect(built.map((where) => where.replace(/:\d+$/, ''))).toEqual(['shared/lime/pipeline/send.ts']);
  });

  it('would be found, were it slow', async () => {
    const slow = regularExpressionsIn('a.ts', 'const a = (t: string) => /^(\\w+\\s?)*$/.test(t); RegExp(a);');

    expect(slow.literals).toEqual([{ where: 'a.ts:1', pattern: '^(\\w+\\s?)*$', flags: '' }]);
    expect(slow.built).toEqual(['a.ts:1']);
    expect(await verdictOf({ pattern: '^(\\w+\\s?)*$', flags: '' })).toMatchObject({ status: 'vulnerable' });
  });
});

describe('the kept verdicts', () => {
  const known = { pattern: 'a', flags: '' };
  const fresh = { pattern: 'b', flags: 'u' };
  const kept = { [hashOf(known)]: '/a/' };

  it('are of expressions that are still there; `npm run regular-expressions` forgets the others', () => {
    const hashes = new Set(literals.map(hashOf));

    expect(Object.entries(safe).filter(([hash]) => !hashes.has(hash))).toEqual([]);
  });

  it('are by pattern and flags', () => {
    const hashes = [known, fresh, { ...known, flags: 'g' }, { ...fresh, flags: 'g' }].map(hashOf);

    expect(new Set(hashes).size).toBe(4);
    expect(hashes[0]).toMatch(/^[0-9a-f]{16}$/);
  });

  it('are asked for only where there is none, and forgotten where nothing has them any more', async () => {
    const asked: string[] = [];
    const safeAfter = await completed([fresh, fresh, known], { ...kept, of: '/another/' }, async ({ pattern }) => {
      asked.push(pattern);
      return { status: 'safe' };
    });

    expect(safeAfter).toEqual({ safe: { ...kept, [hashOf(fresh)]: '/b/u' }, others: [] });
    expect(asked).toEqual(['b']);
  });

  it.each(['vulnerable', 'unknown'])('are none where the checker says %s', async (status) => {
    expect(await completed([known, fresh], kept, async () => ({ status }))).toEqual({
      safe: kept,
      others: [{ expression: '/b/u', verdict: { status } }],
    });
  });
});
