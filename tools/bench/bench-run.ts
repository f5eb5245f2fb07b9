import { createLimeControl, type LimeControl } from '../harness/lime-control.ts';
import { type LocalProcess, startLocalProcess } from '../harness/local-process.ts';
import { sendCall } from '../harness/send-call.ts';
import type { Payload } from './conversations.ts';
import { createEnds, type Ends } from './ends.ts';
import { watchMemory } from './memory.ts';

/** A local run that is measured. */
export type BenchRun = {
  local: LocalProcess;
  lime: LimeControl;
  ends: Ends;
  /** Sends one call and returns when it is accepted. */
  send: (body: Payload | Payload[]) => Promise<unknown>;
  /** Sends one call and waits until every conversation is in Lime. Returns milliseconds since it was accepted. */
  deliver: (body: Payload | Payload[]) => Promise<number>;
  /** The most memory of the run's processes so far. */
  peakMegabytes: () => number;
} & AsyncDisposable;

export async function startBenchRun(assembly: string): Promise<BenchRun> {
  const ends = createEnds();
  const local = await startLocalProcess({ assembly, timeScale: 1, onLog: ends.take });
  const memory = watchMemory(local.pid);
  const send = (body: Payload | Payload[]): Promise<unknown> => sendCall(local.endpoint, body);
  return {
    local,
    lime: createLimeControl(local.sandboxUrl),
    ends,
    send,
    deliver: async (body) => {
      const ended = ends.wait([body].flat().map(({ id }) => id));
      await send(body);
      const accepted = performance.now();
      await ended;
      return performance.now() - accepted;
    },
    peakMegabytes: memory.peakMegabytes,
    [Symbol.asyncDispose]: async () => {
      memory.stop();
      await local[Symbol.asyncDispose]();
    },
  };
}
