import { expect, it } from '@jest/globals';
import type { FunctionProcess } from '../../../../tools/local/lambda/function-process.ts';
import { createPool } from '../../../../tools/local/lambda/pool.ts';

/** A pool whose processes answer with their number, once they are told to. */
function aPool() {
  const logged: string[] = [];
  const answers: (() => void)[] = [];
  let started = 0;
  const startProcess = async (): Promise<FunctionProcess> => {
    started += 1;
    const payload = String(started);
    const { promise: exited, resolve: kill } = Promise.withResolvers<void>();
    const invoke: FunctionProcess['invoke'] = () =>
      new Promise((resolve) => answers.push(() => resolve({ type: 'result', payload })));
    return { pid: started, invoke, exited, kill };
  };
  const pool = createPool({ name: 'f', concurrency: 2, startProcess, log: (_, message) => logged.push(message) });
  return { pool, answers, logged };
}

it('a renewed pool ends idle processes at once and others after their invocation, without a warning', async () => {
  const { pool, answers, logged } = aPool();
  await pool.start();
  const running = pool.invoke('before');
  pool.renew();
  answers.shift()?.();
  const first = await running;
  const next = pool.invoke('after');
  while (answers.length === 0) await new Promise(setImmediate);
  answers.shift()?.();

  expect([first, await next]).toEqual([
    { type: 'result', payload: '1' },
    { type: 'result', payload: '2' },
  ]);
  pool.renew();
  const last = pool.invoke('once more');
  while (answers.length === 0) await new Promise(setImmediate);
  answers.shift()?.();
  expect(await last).toEqual({ type: 'result', payload: '3' });
  expect(logged).toEqual([]);
});
