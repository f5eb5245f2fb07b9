/** The local run: `npm start`, or this file with flags. Prints `ready <address>` on stdout when everything listens. */
import { once } from 'node:events';
import { DataInUseError } from './data-directory.ts';
import { sendExample } from './example.ts';
import { PortInUseError } from './listen.ts';
import { createLog, createPrint } from './log.ts';
import { type Options, OptionsError, readOptions } from './options.ts';
import { startLocalRun } from './run.ts';
import { SynthesisError } from './synth.ts';
import { UnsupportedTemplateError } from './template/unsupported.ts';

/** The process exits so long after a signal at the latest. Everything must end within 5 s. */
const STOP_MS = 4_500;

const stopping = new AbortController();
// A parent with an IPC channel, such as a test, takes this process along when it ends.
for (const name of ['SIGINT', 'SIGTERM', 'disconnect']) {
  process.on(name, () => {
    stopping.abort();
    setTimeout(() => process.exit(1), STOP_MS).unref();
  });
}
// It does not end the run if the reader of its output goes away.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

function isExplained(error: unknown): error is Error {
  return [DataInUseError, OptionsError, PortInUseError, SynthesisError, UnsupportedTemplateError].some(
    (known) => error instanceof known,
  );
}

/** A program that reads the output gets JSON lines, an engineer at a terminal readable ones. */
function isJson({ JSON_LOGS }: Options): boolean {
  return JSON_LOGS === 'auto' ? !process.stderr.isTTY : JSON_LOGS === 'on';
}

const { signal } = stopping;
try {
  const options = readOptions(process.argv.slice(2), process.env);
  const print = createPrint(process.stderr, isJson(options));
  const log = createLog(print);
  await using run = await startLocalRun({ options, environment: process.env, signal, log, print });
  console.log(`ready ${run.endpoint}/${options.ORGANIZATION}`);
  if (options.EXAMPLE === 'on') await sendExample(run, options, signal, (text) => console.log(text));
  if (!signal.aborted) await once(signal, 'abort');
} catch (error) {
  if (!signal.aborted) {
    console.error(isExplained(error) ? error.message : error);
    process.exitCode = 1;
  }
}
process.exit();
