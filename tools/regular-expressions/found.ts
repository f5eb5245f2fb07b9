import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@babel/parser';

const project = join(import.meta.dirname, '../..');

/** A regular expression in a file. */
export type Found = { where: string; pattern: string; flags: string };

/** Files whose code handles text from outside. */
export function deployedFiles(): string[] {
  return ['functions', 'shared'].flatMap((folder) =>
    readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${folder}/${name}`),
  );
}

/** The literals in a text, and the places where an expression is built. */
export function regularExpressionsIn(file: string, text = readFileSync(join(project, file), 'utf8')) {
  const literals: Found[] = [];
  const built: string[] = [];
  for (const node of nodesOf(parse(text, { sourceType: 'module', plugins: ['typescript'] }))) {
    const where = `${file}:${lineOf(node)}`;
    if (node.type === 'RegExpLiteral') {
      literals.push({ where, pattern: String(node.pattern), flags: String(node.flags) });
    }
    if (node.type === 'NewExpression' || node.type === 'CallExpression') {
      if (isNode(node.callee) && node.callee.name === 'RegExp') built.push(where);
    }
  }
  return { literals, built };
}

type Node = Record<string, unknown> & { type: string };

function isNode(value: unknown): value is Node {
  return isObject(value) && typeof value.type === 'string';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function lineOf({ loc }: Node): number {
  return isObject(loc) && isObject(loc.start) ? Number(loc.start.line) : 0;
}

function nodesOf(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (!isNode(value)) return [];
  return [value, ...Object.values(value).flatMap(nodesOf)];
}
