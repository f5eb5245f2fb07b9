import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe } from '@jest/globals';
import fc from 'fast-check';

/**
 * The tests of the chosen groups as one file, so that libraries are loaded once for each mutant instead of once for
 * each file. `main.ts` sets `MUTATION_TESTS` to their glob patterns, separated by commas.
 */

// A property with a counterexample has detected the mutant. Shrinking is not necessary.
fc.configureGlobal({ endOnFailure: true, interruptAfterTimeLimit: 500 });

for (const file of globSync(String(process.env.MUTATION_TESTS).split(',')).sort()) {
  // The block stays open, so that a file's hooks apply to that file only, see `first-failure.mjs`.
  describe(`file ${file}`, () => undefined);
  await import(resolve(file));
  describe('end of the file', () => undefined);
}
