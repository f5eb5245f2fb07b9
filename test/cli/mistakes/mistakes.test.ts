import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { blocksOf } from '../../docs/pages.ts';
import { aDirectory } from '../../support/a-directory.ts';
import { changed } from '../../support/cli/changed.ts';
import { inForm } from '../../support/cli/mistakes/in-form.ts';
import { inPaths } from '../../support/cli/mistakes/in-paths.ts';
import { inRows } from '../../support/cli/mistakes/in-rows.ts';
import { inDeal, inValues } from '../../support/cli/mistakes/in-values.ts';
import type { Change, Found } from '../../support/cli/mistakes/mistake.ts';
import { runHere } from '../../support/cli/run-cli.ts';

const Report = z.object({
  findings: z.array(z.object({ path: z.string(), rule: z.string(), suggestion: z.string().optional() })),
});
const Previewed = z.object({
  objects: z.array(
    z.object({
      sections: z.array(z.object({ rows: z.array(z.looseObject({ property: z.string() })) })),
    }),
  ),
});

let directory: Awaited<ReturnType<typeof aDirectory>>;
let own: string;
beforeAll(async () => {
  directory = await aDirectory();
  const file = directory.path('own.json');
  await runHere(['init', '--output', file, '--sandbox', 'custom']);
  own = readFileSync(file, 'utf8');
});
afterAll(() => directory[Symbol.asyncDispose]());

/** The settings with a mistake, as a file. */
function mistaken(settings: string, [path, value]: Change): Promise<string> {
  return directory.write('mistaken.json', changed(JSON.parse(settings), path, value));
}

async function expectFound(file: string, sandbox: string, { at, says, suggestion }: Found): Promise<void> {
  const { stdout } = await runHere(['check', file, '--json', '--sandbox', sandbox]);
  const { findings } = Report.parse(JSON.parse(stdout));
  expect(findings).toContainEqual(
    expect.objectContaining({
      path: at,
      rule: expect.stringContaining(says),
      ...(suggestion !== undefined && { suggestion }),
    }),
  );
}

describe('check finds', () => {
  it.each([...inForm, ...inPaths, ...inValues])('$title', async (mistake) => {
    await expectFound(await mistaken(own, mistake.change), 'custom', mistake);
  });

  it.each(inDeal)('$title', async (mistake) => {
    const [, deal = ''] = blocksOf('docs/settings.md', 'json settings');
    await expectFound(await mistaken(deal, mistake.change), 'core', mistake);
  });

  it('none of these in settings without a mistake', async () => {
    const file = await directory.write('right.json', own);
    expect(await runHere(['check', file, '--sandbox', 'custom'])).toMatchObject({
      code: 0,
      stdout: `${file}: fits the tenant`,
    });
  });
});

describe('preview shows in its row', () => {
  it.each(inRows)('$title', async ({ change, property, because }) => {
    const file = await mistaken(own, change);
    const sample = 'samples/custom-fields.json';
    const { stdout } = await runHere(['preview', sample, '--settings', file, '--json', '--sandbox', 'custom']);
    const rows = Previewed.parse(JSON.parse(stdout)).objects.flatMap(({ sections }) =>
      sections.flatMap(({ rows }) => rows),
    );
    expect(rows.find((row) => row.property === property)).toMatchObject({ because });
  });
});

it('there are more than forty of them, each another', () => {
  const all = [...inForm, ...inPaths, ...inValues, ...inDeal, ...inRows];
  expect(all.length).toBeGreaterThan(40);
  expect(new Set(all.map(({ change }) => JSON.stringify(change))).size).toBeGreaterThan(40);
});
