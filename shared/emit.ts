import { Metrics } from '@aws-lambda-powertools/metrics';
import type { MetricUnit } from '@aws-lambda-powertools/metrics/types';
import type middy from '@middy/core';
import { type MetricName, metrics } from './metrics.ts';

/** The value of the metric's further dimension, if it has one. */
type Dimension<N extends MetricName> = (typeof metrics)[N] extends { values: readonly (infer V extends string)[] }
  ? [value: V]
  : [];

/** Records a value of a declared metric. */
export type Emit = <N extends MetricName>(name: N, value: number, ...dimension: Dimension<N>) => void;

/** A metric's declaration without its name. */
type Declared = { unit: MetricUnit; dimension?: string };

/** `flush` writes the recorded values at the end of an invocation. */
export type Emitter = { emit: Emit; flush: () => void };

/**
 * Emits metrics in CloudWatch's embedded metric format. Powertools writes the JSON lines directly to stdout, not
 * through Lambda's console. Dimensions apply to all metrics of a line, so each further dimension's value has its own
 * line.
 */
export function createEmitter(component: 'intake' | 'mapper', namespace: string): Emitter {
  const lines = new Map<string, Metrics>();
  function lineFor(dimension = '', value = ''): Metrics {
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
  }
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

/**
 * Middleware that writes metrics at the end of an invocation, also after an error. Comes first in the chain, so that it
 * runs last.
 */
export function flushAtEnd(flush: () => void): middy.MiddlewareObj {
  // A value returned by a middleware would become the response.
  const write = (): void => flush();
  return { after: write, onError: write };
}
