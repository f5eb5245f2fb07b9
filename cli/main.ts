/** The command line: `npx userlike-lime`. */
import { setTimeout as sleep } from 'node:timers/promises';
import { styleText } from 'node:util';
import { createAsk } from './ask.ts';
import { runCli } from './program.ts';
import { createProgress } from './progress.ts';

const stopping = new AbortController();
// Only once, so that a second Ctrl-C ends the process at once.
for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => stopping.abort());
// It is no error if the reader closes the pipe, as `head` does.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

process.exitCode = await runCli(process.argv.slice(2), process.env, {
  out: (text, colour) => process.stdout.write(`${colour === undefined ? text : styleText(colour, text)}\n`),
  note: (text) => process.stderr.write(`${text}\n`),
  progress: createProgress(process.stderr),
  ask:
    process.stdin.isTTY && process.stderr.isTTY
      ? createAsk({ input: process.stdin, output: process.stderr })
      : undefined,
  signal: stopping.signal,
  now: Date.now,
  sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
});
