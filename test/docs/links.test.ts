import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { pages, project, readText } from './pages.ts';

const { bin, scripts } = z
  .looseObject({ bin: z.record(z.string(), z.string()), scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readText('package.json')));

/** Folders whose paths stand in the text as code. */
const path = /^(?:\.ci|cli|docs|functions|infra|settings|shared|test|tools)\/[\w./-]*$/;

function withoutBlocks(text: string): string {
  return text.replace(/^( *)```[\s\S]*?^\1```$/gm, '');
}

/** As GitHub makes an anchor of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

function anchorsOf(page: string): string[] {
  return [...withoutBlocks(readText(page)).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
}

describe.each(pages.map((page) => ({ page })))('$page', ({ page }) => {
  const text = readText(page);

  it('links to what exists', () => {
    const targets = [...withoutBlocks(text).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^https?:/.test(target));
    const broken = targets.filter((target) => {
      const [file = '', anchor] = target.split('#');
      const linked = file === '' ? page : normalize(join(dirname(page), file));
      if (!existsSync(join(project, linked))) return true;
      return anchor !== undefined && !anchorsOf(linked).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('names files and folders that exist', () => {
    const named = [...withoutBlocks(text).matchAll(/`([^`\n]+)`/g)]
      .map(([, code = '']) => code)
      .filter((code) => path.test(code));
    expect(named.filter((code) => !existsSync(join(project, code)))).toEqual([]);
  });

  it('names scripts and programs that exist', () => {
    const run = [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, script = '']) => script);
    const short = [...text.matchAll(/\bnpm (start|test)\b/g)].map(([, script = '']) => script);
    expect([...run, ...short].filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
    const programs = [...text.matchAll(/\bnpx ([\w-]+)/g)].map(([, program = '']) => program);
    const fileOf = (program: string): string => bin[program] ?? `node_modules/.bin/${program}`;
    expect(programs.filter((program) => !existsSync(join(project, fileOf(program))))).toEqual([]);
  });

  it('has only blocks that are closed, and JSON that parses', () => {
    expect([...text.matchAll(/^ *```/gm)].length % 2).toBe(0);
    for (const [, json = ''] of text.matchAll(/^```json.*\n([\s\S]*?)\n```$/gm))
      expect(() => JSON.parse(json)).not.toThrow();
  });
});

it('every decision has context, decision and consequences, and a number of its own', () => {
  const decisions = pages.filter((page) => page.startsWith('docs/decisions/')).sort();
  for (const [index, page] of decisions.entries()) {
    const number = String(index + 1);
    expect(page).toMatch(new RegExp(`/${number.padStart(4, '0')}-[a-z0-9-]+\\.md$`));
    expect(readText(page)).toMatch(new RegExp(`^# ${number}\\. [^\\n]+\\n`));
    expect(anchorsOf(page).slice(1)).toEqual(['context', 'decision', 'consequences']);
  }
});
