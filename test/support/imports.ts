import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../..', import.meta.url));

const sources: readonly string[] = ['functions', 'shared', 'infra', 'cli', 'sandbox', 'tools'].flatMap((folder) =>
  readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ts|mjs)$/.test(name))
    .map((name) => `${folder}/${name}`),
);

/** Each source file by its path in the project, with the source files that it imports. Imports of types count. */
export const importsOf: ReadonlyMap<string, readonly string[]> = new Map(
  sources.map((file) => {
    const found = readFileSync(join(project, file), 'utf8').matchAll(/\b(?:from|import)\b\s*\(?\s*'(\.[^']+)'/g);
    const targets = [...found].map(([, target = '']) => normalize(join(dirname(file), target)));
    return [file, [...new Set(targets)].filter((target) => sources.includes(target))];
  }),
);
