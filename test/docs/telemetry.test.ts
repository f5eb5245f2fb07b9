import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FUNCTION_DIMENSION, metrics, metricsNamespaceOf } from '../../shared/metrics.ts';
import { codeIn, project, readText, tableOf } from './pages.ts';

const page = 'docs/telemetry.md';

function codesIn(cell = ''): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

describe('the table of metrics', () => {
  const told = tableOf(page, 'metrics').map(([name, unit, service, dimension, means, reader]) => {
    const [further, ...values] = codesIn(dimension);
    return { name: codeIn(name), unit, service, dimension: further, values, means, reader };
  });

  it('has every metric with its unit and further dimension, in their order, and no other', () => {
    const declared = Object.entries(metrics).map(([name, metric]) => ({
      name,
      unit: metric.unit,
      dimension: 'dimension' in metric ? metric.dimension : undefined,
      values: 'values' in metric ? [...metric.values] : [],
    }));
    expect(told.map(({ name, unit, dimension, values }) => ({ name, unit, dimension, values }))).toEqual(declared);
  });

  it.each(told)('says what $name means and who reads it', ({ means, reader }) => {
    expect(means).toMatch(/\w/);
    expect(reader).toMatch(/\w/);
  });

  it.each(told)('names the function that emits $name', ({ name, service }) => {
    const emits = (file: string) => readText(file).includes(`emit('${name}'`);
    const files = {
      intake: ['functions/intake.ts', ...sourcesIn('shared/http')],
      mapper: [...sourcesIn('shared/delivery'), ...sourcesIn('shared/lime')],
    };
    const emitting = Object.entries(files).flatMap(([by, sources]) => (sources.some(emits) ? [by] : []));
    expect(emitting).toEqual([service]);
  });

  it('stands below the namespace and the dimension that all have', () => {
    expect(readText(page)).toContain(
      `Namespace \`${metricsNamespaceOf('<stage>')}\`, for example \`${metricsNamespaceOf('prod')}\`. Every metric has the dimension \`${FUNCTION_DIMENSION}\``,
    );
  });
});

describe('the table of log lines', () => {
  const rows = tableOf(page, 'log');

  it('has every message that the functions log, with its level, and no other', () => {
    const logged = ['functions', 'shared'].flatMap(sourcesIn).flatMap((file) =>
      [...readText(file).matchAll(/\blog\.(info|warn|error)\(\s*'([^']+)'/g)].map(([, level, message]) => ({
        message,
        level,
      })),
    );
    const told = rows.map(([message, level]) => ({ message: codeIn(message), level }));
    const text = (lines: object[]) => [...new Set(lines.map((line) => JSON.stringify(line)))].sort();
    expect(text(told)).toEqual(text(logged));
  });

  it('has only fields that may be logged, and all that are', () => {
    const [, fields = ''] = /LogFields = Partial<\{\n([^}]+)\}>/.exec(readText('shared/log.ts')) ?? [];
    const allowed = [...fields.matchAll(/^ {2}(\w+): /gm)].map(([, name]) => name);
    const [common = ''] = /^\*The record's\* are .*? since/m.exec(readText(page)) ?? [];
    const told = new Set([...rows.flatMap(([, , , cell]) => codesIn(cell)), ...codesIn(common)]);
    expect([...told].sort()).toEqual(allowed.sort());
  });
});

function sourcesIn(folder: string): string[] {
  return readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`);
}
