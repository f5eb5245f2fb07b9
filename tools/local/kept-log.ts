import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { runFilesOf } from '../../cli/local/run-file.ts';

/** A longer log starts over, so that a run of days does not fill the disk. */
const MAX_LOG_BYTES = 67_108_864;

/** Keeps the JSON lines of the run on this port for the command line. */
export function keepLog(port: number): (line: string) => void {
  const { log } = runFilesOf(port);
  mkdirSync(dirname(log), { recursive: true });
  writeFileSync(log, '', { mode: 0o600 });
  let bytes = 0;
  return (line) => {
    bytes += Buffer.byteLength(line) + 1;
    if (bytes > MAX_LOG_BYTES) {
      bytes = 0;
      writeFileSync(log, '');
    }
    appendFileSync(log, `${line}\n`);
  };
}
