import type { Log } from '../log.ts';
import type { FunctionProcess } from './function-process.ts';
import type { Outcome } from './protocol.ts';

/** The processes of one function. */
export type Pool = {
  /** Starts the first process. Fails if the function cannot be loaded. */
  start: () => Promise<void>;
  /** Runs an invocation once a process is free, at most `concurrency` at the same time. Never rejects. */
  invoke: (event: unknown) => Promise<Outcome>;
  /** Replaces every process: idle ones now, others after their invocation. What comes next runs in new ones. */
  renew: () => void;
  /** Waits at most `graceMs` for running invocations, then ends every process. */
  stop: (graceMs: number) => Promise<void>;
};

type Waiting = { event: unknown; settle: (outcome: Outcome) => void };

/**
 * Grows with demand and keeps at least one process. Replaces a process that ends, as Lambda does. If the replacement
 * cannot be loaded, the next invocation tries again and fails with that reason.
 */
export function createPool(options: {
  name: string;
  concurrency: number;
  startProcess: () => Promise<FunctionProcess>;
  log: Log;
}): Pool {
  const { name, concurrency, startProcess, log } = options;
  const all = new Set<FunctionProcess>();
  const idle: FunctionProcess[] = [];
  const waiting: Waiting[] = [];
  const underWay = new Set<Promise<void>>();
  /** Processes that end as soon as they are idle. */
  const outdated = new Set<FunctionProcess>();
  let generation = 0;
  let starting = 0;
  let stopping = false;

  const grow = async (): Promise<void> => {
    starting += 1;
    const started = generation;
    try {
      const process = await startProcess();
      all.add(process);
      if (started !== generation) outdated.add(process);
      if (stopping || outdated.has(process)) process.kill();
      else idle.push(process);
      process.exited.then(() => lose(process));
    } finally {
      starting -= 1;
    }
  };

  const growForDemand = (): void => {
    if (stopping || starting >= waiting.length || all.size + starting >= concurrency) return;
    grow().then(serve, fail);
  };

  const serve = (): void => {
    while (waiting.length > 0) {
      const process = idle.pop();
      const next = process === undefined ? undefined : waiting.shift();
      if (process === undefined || next === undefined) {
        growForDemand();
        return;
      }
      const run = process.invoke(next.event).then((outcome) => {
        underWay.delete(run);
        next.settle(outcome);
        // The process was killed after its timeout and is about to end.
        if (outdated.has(process)) process.kill();
        else if (all.has(process) && !isFatal(outcome)) idle.push(process);
        serve();
      });
      underWay.add(run);
    }
  };

  const fail = (error: unknown): void => {
    const errorMessage = error instanceof Error ? error.message : String(error);
    log('ERROR', 'a function did not start', { function: name, error: errorMessage });
    waiting.shift()?.settle({ type: 'error', errorType: 'Runtime.InitError', errorMessage });
    serve();
  };

  const lose = (process: FunctionProcess): void => {
    all.delete(process);
    const index = idle.indexOf(process);
    if (index >= 0) idle.splice(index, 1);
    if (stopping) return;
    if (!outdated.delete(process)) {
      log('WARN', 'a process ended and is replaced', { function: name, pid: process.pid });
    }
    if (all.size + starting === 0) grow().then(serve, fail);
    else serve();
  };

  return {
    start: grow,
    invoke: (event) =>
      new Promise((settle) => {
        waiting.push({ event, settle });
        serve();
      }),
    renew: () => {
      generation += 1;
      for (const process of all) outdated.add(process);
      for (const process of idle.splice(0)) process.kill();
    },
    stop: async (graceMs) => {
      stopping = true;
      let timer: NodeJS.Timeout | undefined;
      const grace = new Promise((resolve) => {
        timer = setTimeout(resolve, graceMs);
      });
      await Promise.race([Promise.all(underWay), grace]);
      clearTimeout(timer);
      for (const process of all) process.kill();
      await Promise.all([...all].map(({ exited }) => exited));
    },
  };
}

/** Errors after which the process has ended. */
function isFatal(outcome: Outcome): boolean {
  return outcome.type === 'error' && ['Runtime.ExitError', 'Sandbox.Timedout'].includes(outcome.errorType);
}
