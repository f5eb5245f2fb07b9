import { printable } from '../printable.ts';
import { WIDTH, wrap } from '../wrap.ts';
import type { CheckFinding } from './finding.ts';

const INDENT = ' '.repeat('error  '.length);

/** Errors, then hints, each with its path, what is wrong, and what to write instead. */
export function textOfFindings(findings: readonly CheckFinding[]): string {
  const ordered = (['error', 'hint'] as const).flatMap((severity) =>
    findings.filter((finding) => finding.severity === severity),
  );
  return ordered.map(textOf).join('\n');
}

function textOf({ severity, path, property, rule, suggestion }: CheckFinding): string {
  const what = property === undefined ? rule : `${property}: ${rule}`;
  const lines = [path || '(file)', what, ...(suggestion === undefined ? [] : [`→ ${suggestion}`])]
    .map(printable)
    .flatMap((line) => wrap(line, WIDTH - INDENT.length));
  return lines.map((line, index) => (index === 0 ? severity.padEnd(INDENT.length) : INDENT) + line).join('\n');
}
