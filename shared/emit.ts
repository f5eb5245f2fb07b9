import type middy from '@middy/core';
import { FUNCTION_DIMENSION, type MetricName, metrics } from './metrics.ts';

/** The value of the metric's further dimension, if it has one. */
type Dimension<N extends MetricName> = (typeof metrics)[N] extends { values: readonly (infer V extends string)[] }
  ? [value: V]
  : [];

/** Records a value of a declared metric. */
export type Emit = <N extends MetricName>(name: N, value: number, ...dimension: Dimension<N>) => void;

/** A metric's declaration without its name. */
type Declared = { unit: 'Count' | 'Seconds' | 'Percent'; dimension?: string; summed?: boolean; zeroFrom?: string };

const declared: [string, Declared][] = Object.entries(metrics);

/** `flush` writes the recorded values at the end of an invocation. */
export type Emitter = { emit: Emit; flush: () => void };

/** A line that is not written yet: its dimensions, and its metrics by name. */
type Line = {
  dimensions: Record<string, string>;
  /** True if its metrics also count without the further dimension. */
  isSummed: boolean;
  metrics: Map<string, { unit: string; values: number[] }>;
};

/** Values of a metric in one line, by the format's specification. */
const MAX_VALUES = 100;

/**
 * Emits metrics in CloudWatch's embedded metric format, as JSON lines on stdout, not through Lambda's console.
 * Dimensions apply to all metrics of a line, so each further dimension's value has its own line.
 */
export function createEmitter(component: 'intake' | 'mapper', namespace: string): Emitter {
  const lines = new Map<string, Line>();
  const zeros = declared.filter(([, { zeroFrom }]) => zeroFrom === component);
  /** Metrics with a value since the last flush. */
  const recorded = new Set<string>();
  function lineFor({ dimension, summed = false }: Pick<Declared, 'dimension' | 'summed'>, value = ''): Line {
    const key = dimension === undefined ? '' : `${dimension}=${value}`;
    const own = dimension === undefined ? {} : { [dimension]: value };
    const line = lines.get(key) ?? {
      dimensions: { [FUNCTION_DIMENSION]: component, ...own },
      isSummed: summed,
      metrics: new Map(),
    };
    lines.set(key, line);
    return line;
  }
  function write({ dimensions, isSummed, metrics }: Line): void {
    const named = [...metrics];
    const directive = {
      Namespace: namespace,
      Dimensions: [...(isSummed ? [[FUNCTION_DIMENSION]] : []), Object.keys(dimensions)],
      Metrics: named.map(([Name, { unit }]) => ({ Name, Unit: unit })),
    };
    const values = named.map(([name, { values }]) => [name, values.length === 1 ? values[0] : values]);
    const _aws = { Timestamp: Date.now(), CloudWatchMetrics: [directive] };
    process.stdout.write(`${JSON.stringify({ _aws, ...dimensions, ...Object.fromEntries(values) })}\n`);
    metrics.clear();
  }
  function record(line: Line, name: string, unit: string, value: number): void {
    const metric = line.metrics.get(name) ?? { unit, values: [] };
    metric.values.push(value);
    line.metrics.set(name, metric);
    if (metric.values.length === MAX_VALUES) write(line);
  }
  return {
    emit: (name: MetricName, value: number, dimensionValue?: string) => {
      const metric: Declared = metrics[name];
      recorded.add(name);
      record(lineFor(metric, dimensionValue), name, metric.unit, value);
    },
    flush: () => {
      for (const [name, { unit }] of zeros) if (!recorded.has(name)) record(lineFor({}), name, unit, 0);
      recorded.clear();
      for (const line of lines.values()) if (line.metrics.size > 0) write(line);
    },
  };
}

/**
 * Middleware that writes metrics at the end of an invocation, also after an error. Comes first in the chain, so that it
 * runs last.
 */
export function flushAtEnd(flush: () => void): middy.MiddlewareObj {
  // A value returned by a middleware would become the response.
  const write = (): void => flush();
  return { after: write, onError: write };
}
