import type { Readable, Writable } from 'node:stream';
import { InterruptedError } from './errors.ts';

/** Asks the engineer at the terminal. Both throw InterruptedError at Ctrl-C. */
export type Ask = {
  text: (message: string, problemOf: (value: string) => string | undefined) => Promise<string>;
  /** Shows the typed characters as dots. */
  secret: (message: string) => Promise<string>;
};

export function createAsk(streams: { input: Readable; output: Writable }): Ask {
  const answerOf = (answer: string | symbol): string => {
    if (typeof answer === 'symbol') throw new InterruptedError('interrupted; nothing was changed');
    return answer.trim();
  };
  // Loaded late, because only one command asks.
  const prompts = () => import('@clack/prompts');
  return {
    text: async (message, problemOf) => {
      const { text } = await prompts();
      return answerOf(await text({ message, ...streams, validate: (value) => problemOf(value?.trim() ?? '') }));
    },
    secret: async (message) => {
      const { password } = await prompts();
      const validate = (value: string | undefined) => (value?.trim() ? undefined : 'something is needed');
      return answerOf(await password({ message, ...streams, validate }));
    },
  };
}
