import { Metrics } from '@aws-lambda-powertools/metrics';
import type { MetricUnit } from '@aws-lambda-powertools/metrics/types';
import type middy from '@middy/core';
import { type MetricName, metrics } from './metrics.ts';

/** The value of the metric's further dimension, where it has one. */
type Dimension<N extends MetricName> = (typeof metrics)[N] extends { values: readonly (infer V extends string)[] }
  ? [value: V]
  : [];

/** Notes a value of a declared metric for the end of the invocation. */
export type Emit = <N extends MetricName>(name: N, value: number, ...dimension: Dimension<N>) => void;

/** A metric as it is declared, read without its name. */
type Declared = { unit: MetricUnit; dimension?: string };

/** `flush` writes what was noted, at the end of each invocation. */
export type Emitter = { emit: Emit; flush: () => void };

/**
 * Metrics in CloudWatch's embedded metric format: JSON lines that Powertools writes straight to stdout, past the console
 * that Lambda wraps. Dimensions hold for all metrics of a line, so each value of a further dimension has its own.
 */
export function createEmitter(component: 'intake' | 'mapper', namespace: string): Emitter {
  const lines = new Map<string, Metrics>();
  const lineFor = (dimension = '', value = ''): Metrics => {
    const key = `${dimension}=${value}`;
    const line =
      lines.get(key) ??
      new Metrics({
        namespace,
        serviceName: component,
        ...(dimension !== '' && { defaultDimensions: { [dimension]: value } }),
      });
    lines.set(key, line);
    return line;
  };
  return {
    emit: (name: MetricName, value: number, dimensionValue?: string) => {
      const { unit, dimension }: Declared = metrics[name];
      lineFor(dimension, dimensionValue).addMetric(name, unit, value);
    },
    flush: () => {
      for (const line of lines.values()) if (line.hasStoredMetrics()) line.publishStoredMetrics();
    },
  };
}

/** Middleware that writes an invocation's metrics when it ends, however it ends. Goes first, so that it runs last. */
export function flushAtEnd(flush: () => void): middy.MiddlewareObj {
  // An answer of a middleware would be the invocation's.
  const write = (): void => flush();
  return { after: write, onError: write };
}
