import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe } from '@jest/globals';
import fc from 'fast-check';

/**
 * The tests of the chosen groups as one file: a mutant loads the libraries once, not once for each test file.
 * `MUTATION_TESTS` holds their glob patterns, separated by commas, and is set by `main.ts`.
 */

// A property that found its counterexample has killed the mutant: the smallest one is not asked for.
fc.configureGlobal({ endOnFailure: true, interruptAfterTimeLimit: 500 });

for (const file of globSync(String(process.env.MUTATION_TESTS).split(',')).sort()) {
  // The block stays open, so that a file's hooks are not those of all files: see `first-failure.mjs`.
  describe(`file ${file}`, () => undefined);
  await import(resolve(file));
  describe('end of the file', () => undefined);
}
