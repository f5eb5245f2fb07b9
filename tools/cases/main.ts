import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { createLime } from '../../shared/lime/client.ts';
import { Case, caseFiles, casesDirectory, outcomeOf, readCase } from './case.ts';

/** Writes the current outcome into each case's file, so that it can be reviewed in the diff. */
const written = z.looseObject({});
for (const file of caseFiles()) {
  const raw = written.parse(readCase(file));
  const { expected: _, ...input } = raw;
  const one = Case.parse(input);
  const sandbox = await startSandbox({ port: 0, schema: one.tenant });
  const secret = async () => ({ url: sandbox.url, apiKey: 'local-lime-key' });
  const lime = createLime({ secret, refetchSecret: secret, rateLimiter: async () => {}, fetch });
  const expected = await outcomeOf(one, lime);
  await sandbox.close();
  writeFileSync(join(casesDirectory, file), `${JSON.stringify({ ...input, expected }, undefined, 2)}\n`);
  console.log(`${'requests' in expected ? `${expected.requests.length} requests` : Object.keys(expected)[0]}  ${file}`);
}
