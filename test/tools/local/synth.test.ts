import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { processesWith } from '../../../tools/harness/processes.ts';
import { SynthesisError, synthesize } from '../../../tools/local/synth.ts';
import { eventually } from '../../support/eventually.ts';

describe('synthesis', () => {
  it('fails with what the CDK wrote', async () => {
    const failed = synthesize({ output: '/dev/null/none', limeRequestsPerSecond: 9, environment: process.env });

    await expect(failed).rejects.toBeInstanceOf(SynthesisError);
    await expect(failed).rejects.toThrow(/could not be synthesized:\n[\s\S]*\/dev\/null\/none/);
  });

  it('can be aborted, with everything that it started', async () => {
    const output = await mkdtemp(join(tmpdir(), 'userlike-lime-test-'));
    const given = new AbortController();
    const environment = { ...process.env, SYNTH_OF_TEST: output };
    const synthesis = synthesize({ output, limeRequestsPerSecond: 9, environment, signal: given.signal });
    const refused = expect(synthesis).rejects.toThrow('aborted');
    const running = () => processesWith('SYNTH_OF_TEST', output);
    await eventually(async () => expect((await running()).length).toBeGreaterThanOrEqual(2));
    given.abort();
    await refused;

    expect(await running()).toEqual([]);
    await expect(access(join(output, 'manifest.json'))).rejects.toThrow('ENOENT');
    await rm(output, { recursive: true });
  });
});
