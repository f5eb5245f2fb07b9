import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { project } from '../docs/pages.ts';

let repository: string;
function git(...args: string[]) {
  return spawnSync('git', ['-C', repository, ...args], { encoding: 'utf8' });
}

beforeAll(() => {
  repository = mkdtempSync(join(tmpdir(), 'ignored-'));
  git('init', '--quiet');
  writeFileSync(join(repository, '.gitignore'), readFileSync(join(project, '.gitignore')));
});

describe('git', () => {
  it.each([
    { file: 'addon.json', ignored: true },
    { file: 'lime.json', ignored: true },
    { file: 'keys/lime.json', ignored: true },
    { file: 'stages/prod.json', ignored: true },
    { file: 'stages/example.json', ignored: false },
    { file: 'settings/108905.json', ignored: false },
  ])('ignores $file, which may hold keys: $ignored', ({ file, ignored }) => {
    expect(git('check-ignore', '--quiet', file).status).toBe(ignored ? 0 : 1);
  });
});
