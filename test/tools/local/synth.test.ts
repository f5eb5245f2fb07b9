import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { SynthFailed, synthesize } from '../../../tools/local/synth.ts';

describe('synthesis', () => {
  it('fails with what the CDK wrote', async () => {
    const failed = synthesize({ output: '/dev/null/none', limeRequestsPerSecond: 9, environment: process.env });

    await expect(failed).rejects.toBeInstanceOf(SynthFailed);
    await expect(failed).rejects.toThrow(/could not be synthesized:\n[\s\S]*\/dev\/null\/none/);
  });

  it('can be broken off', async () => {
    const output = await mkdtemp(join(tmpdir(), 'userlike-lime-test-'));
    const given = new AbortController();
    const at = performance.now();
    const synthesis = synthesize({ output, limeRequestsPerSecond: 9, environment: process.env, signal: given.signal });
    setImmediate(() => given.abort());

    await expect(synthesis).rejects.toThrow('aborted');
    expect(performance.now() - at).toBeLessThan(1_000);
    await rm(output, { recursive: true });
  });
});
