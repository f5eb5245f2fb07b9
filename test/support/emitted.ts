import type { Emitter } from '../../shared/emit.ts';

/** An emitter that keeps what it is given: values by metric, those of a further dimension as `metric value`. */
export function createRecorder(): Emitter & { emitted: Record<string, number[]>; flushed: () => number } {
  const emitted: Record<string, number[]> = {};
  let flushes = 0;
  return {
    emitted,
    emit: (name: string, value: number, dimensionValue?: string) => {
      const key = dimensionValue === undefined ? name : `${name} ${dimensionValue}`;
      emitted[key] = [...(emitted[key] ?? []), value];
    },
    flush: () => {
      flushes += 1;
    },
    flushed: () => flushes,
  };
}
