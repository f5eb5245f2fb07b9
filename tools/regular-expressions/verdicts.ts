import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as z from 'zod';
import { deployedFiles, type Found, regularExpressionsIn } from './found.ts';

// The checker in JavaScript, so that verdicts are the same on every machine.
process.env.RECHECK_BACKEND = 'pure';
const { check } = await import('recheck');

const file = new URL('./safe.json', import.meta.url);

/** Milliseconds for one expression. It is long, because an unfinished check on a busy machine proves nothing. */
const CHECK_TIMEOUT = 600_000;

type Expression = Pick<Found, 'pattern' | 'flags'>;

/** `safe`, or the checker's finding, with a text that takes long if it has found one. */
export type Verdict = { status: string; attack?: string | undefined };

/** The expressions that the checker has found safe, by hash. */
export type Safe = Record<string, string>;

/** Expressions that the checker cannot read (flag `v`), each with a pattern of the same form. */
const equivalents = new Map([
  [
    String.raw`(\r\n|[\n\v\f\r\u0085\u2028\u2029])(?=[[\p{DI}\p{Zs}\p{Cc}]--[\n\v\f\r\u0085]]*\[)`,
    String.raw`[\n\v\f\r\u0085\u2028\u2029](?=[ \t\u00ad]*\[)`,
  ],
]);

/** Files that only read environment and settings, so that their expressions never see text from outside. */
const ofDeployment = /^shared\/(?:env\.ts|mapping\/settings\/)/;

/** The expressions that handle text from outside, and the places where one is built. */
export function foundInDeployedCode(): ReturnType<typeof regularExpressionsIn> {
  const found = deployedFiles()
    .filter((name) => !ofDeployment.test(name))
    .map((name) => regularExpressionsIn(name));
  return { literals: found.flatMap(({ literals }) => literals), built: found.flatMap(({ built }) => built) };
}

const Package = z.looseObject({ version: z.string() });
const { version: checker } = Package.parse(createRequire(import.meta.url)('recheck/package.json'));

/** A hash of the expression, its stand-in and the checker's version. A change of any of them voids the verdict. */
export function hashOf(expression: Expression): string {
  return createHash('sha256')
    .update(JSON.stringify([checker, textOf(expression), equivalents.get(expression.pattern) ?? null]))
    .digest('hex')
    .slice(0, 16);
}

function textOf({ pattern, flags }: Expression): string {
  return `/${pattern}/${flags}`;
}

/** Runs the checker, which takes seconds. */
export async function verdictOf({ pattern, flags }: Expression): Promise<Verdict> {
  const { status, ...more } = await check(equivalents.get(pattern) ?? pattern, flags.replace('v', 'u'), {
    timeout: CHECK_TIMEOUT,
    incubationTimeout: null,
    seedingTimeout: null,
    attackTimeout: CHECK_TIMEOUT,
  });
  return { status, ...('attack' in more && { attack: more.attack?.pattern }) };
}

export function readSafe(): Safe {
  return z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8')));
}

export function writeSafe(safe: Safe): void {
  writeFileSync(file, `${JSON.stringify(safe, undefined, 2)}\n`);
}

/** The kept verdicts of these expressions, and new ones for the others. */
export async function completed(
  expressions: readonly Expression[],
  kept: Safe,
  judge: (expression: Expression) => Promise<Verdict> = verdictOf,
): Promise<{ safe: Safe; others: { expression: string; verdict: Verdict }[] }> {
  const safe = new Map<string, string>();
  const others: { expression: string; verdict: Verdict }[] = [];
  for (const expression of expressions) {
    const hash = hashOf(expression);
    if (safe.has(hash)) continue;
    const verdict = hash in kept ? { status: 'safe' } : await judge(expression);
    if (verdict.status === 'safe') safe.set(hash, textOf(expression));
    else others.push({ expression: textOf(expression), verdict });
  }
  return { safe: Object.fromEntries([...safe].sort(([one], [other]) => (one < other ? -1 : 1))), others };
}
