import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OptionsError } from '../local/options.ts';
import { synthesize } from '../local/synth.ts';

/** Runs a tool with the arguments of this process. The exit code is 1 if it fails or is interrupted. */
export async function runTool(tool: (args: string[]) => Promise<void>): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  try {
    await tool(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof OptionsError ? error.message : error);
    process.exitCode = 1;
  }
}

/** Synthesizes the stack into a temporary directory that is removed when this process exits. */
export async function temporaryAssembly(limeRequestsPerSecond: number): Promise<string> {
  const output = mkdtempSync(join(tmpdir(), 'userlike-lime-'));
  process.once('exit', () => rmSync(output, { recursive: true, force: true }));
  console.error('synthesizing the stack');
  await synthesize({ output, limeRequestsPerSecond, environment: process.env });
  return output;
}
