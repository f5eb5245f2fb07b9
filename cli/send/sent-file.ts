import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';

/** Remembers what the endpoint has taken, so that the same command goes on after an interruption. It holds hashes. */
export type SentFile = {
  has: (key: string) => boolean;
  add: (keys: readonly string[]) => void;
  /** Forgets everything, once all of it is sent. */
  remove: () => void;
};

export function openSentFile(path: string): SentFile {
  const keys = new Set(existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []);
  return {
    has: (key) => keys.has(key),
    add: (added) => appendFileSync(path, added.map((key) => `${key}\n`).join(''), { mode: 0o600 }),
    remove: () => rmSync(path, { force: true }),
  };
}

/** For stdin, which cannot be read again. */
export const noSentFile: SentFile = { has: () => false, add: () => {}, remove: () => {} };
