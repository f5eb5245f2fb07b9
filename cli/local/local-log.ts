import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { CommandError } from '../errors.ts';
import { readLogLine, timeOf } from '../logs/log-line.ts';
import type { LogSource, ReadLog } from '../logs/log-query.ts';

const services: readonly LogSource[] = ['intake', 'mapper', 'link'];

/** Reads log lines that a local run keeps in a file. */
export function readLocalLog(file: string): ReadLog {
  return async function* read({ since, until, sources = services, anyOf }) {
    const wanted: readonly string[] = sources;
    try {
      for await (const text of createInterface({ input: createReadStream(file) })) {
        if (anyOf !== undefined && !anyOf.some((part) => text.includes(part))) continue;
        const line = readLogLine(text);
        const time = line && timeOf(line);
        if (line === undefined || time === undefined || time < since || time > until) continue;
        if (wanted.includes(line.service ?? '')) yield text;
      }
    } catch (cause) {
      throw new CommandError(`the log of the local run cannot be read: ${file}`, { cause });
    }
  };
}
