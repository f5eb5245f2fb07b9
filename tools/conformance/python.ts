import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const project = join(import.meta.dirname, '../..');

/** There is no Python, or its packages cannot be installed. */
export class NoPythonError extends Error {
  override readonly name = 'NoPythonError';
}

/**
 * The directory with the programs of a Python virtual environment. It is made on first use and after a change of its
 * requirements.
 * @param requirements a file of this folder
 */
export async function pythonPrograms(requirements: string, print: (line: string) => void): Promise<string> {
  const file = join(import.meta.dirname, requirements);
  const hash = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  const directory = join(project, '.conformance', requirements.replace(/\.txt$/, ''));
  const stamp = join(directory, 'requirements.sha256');
  const programs = join(directory, 'bin');
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === hash) return programs;

  await assertPython();
  print(`installing ${requirements} into .conformance, once`);
  await rm(directory, { recursive: true, force: true });
  await run('python3', ['-m', 'venv', directory]);
  const install = ['install', '--quiet', '--disable-pip-version-check', '-r', file];
  await run(join(programs, 'pip'), install, { maxBuffer: 64 * 1024 * 1024 }).catch((cause: unknown) => {
    throw new NoPythonError(`pip could not install ${requirements}: give this machine access to a package index.`, {
      cause,
    });
  });
  await writeFile(stamp, hash);
  return programs;
}

/** The versions are pinned for Python 3.10 and newer. */
async function assertPython(): Promise<void> {
  const check = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))';
  await run('python3', ['-c', check]).catch((cause: unknown) => {
    throw new NoPythonError('There is no python3 of version 3.10 or newer with venv: install it, then run again.', {
      cause,
    });
  });
}
