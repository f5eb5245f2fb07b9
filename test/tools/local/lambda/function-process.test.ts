import { expect, it } from '@jest/globals';
import * as z from 'zod';
import { startProcess } from '../../../../tools/local/lambda/function-process.ts';
import { aDirectory } from '../../../support/a-directory.ts';

const HeapLimit = z.object({ megabytes: z.number() });

it("a function's process has the heap that Lambda gives a function of its memory", async () => {
  await using directory = await aDirectory();
  const file = await directory.write(
    'index.mjs',
    `import { getHeapStatistics } from 'node:v8';
    export const handler = () => ({ megabytes: getHeapStatistics().heap_size_limit / 2 ** 20 });`,
  );
  const spec = { name: 'f', arn: 'arn', directory: directory.path(''), file, handler: 'handler' };
  const started = await startProcess({ ...spec, memoryMegabytes: 512, timeoutSeconds: 10 }, {}, () => undefined);
  try {
    const outcome = await started.invoke({});
    const { megabytes } = HeapLimit.parse(outcome.type === 'result' ? JSON.parse(outcome.payload) : outcome);
    // The old generation has nine tenths, the young one the rest.
    expect(megabytes).toBeGreaterThan(461);
    expect(megabytes).toBeLessThan(600);
  } finally {
    started.kill();
  }
});
