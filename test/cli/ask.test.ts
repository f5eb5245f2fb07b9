import { PassThrough } from 'node:stream';
import { expect, it } from '@jest/globals';
import { createAsk } from '../../cli/ask.ts';
import { InterruptedError } from '../../cli/errors.ts';

/** A terminal on which somebody types once the question is there. */
function typing(keys: string) {
  const input = new PassThrough();
  const output = new PassThrough();
  let shown = '';
  output.on('data', (chunk: Buffer) => {
    if (shown === '') setImmediate(() => input.write(keys));
    shown += chunk.toString();
  });
  return { ask: createAsk({ input, output }), shown: () => shown };
}

it('an answer is the typed text without outer blanks', async () => {
  const { ask, shown } = typing(' https://lime.example.com/app \r');
  expect(await ask.text('Address', () => undefined)).toBe('https://lime.example.com/app');
  expect(shown()).toContain('Address');
});

it('a typed key is never shown', async () => {
  const { ask, shown } = typing('top-secret\r');
  expect(await ask.secret('Key')).toBe('top-secret');
  expect(shown()).not.toContain('top');
});

it('Ctrl-C interrupts', async () => {
  const { ask } = typing('\u0003');
  await expect(ask.secret('Key')).rejects.toThrow(InterruptedError);
});
