import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { UsageError } from '../errors.ts';

/** Reads the lines of log files. */
export async function* readLogFiles(files: readonly string[]): AsyncGenerator<string> {
  for (const file of files) {
    try {
      yield* createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
    } catch (cause) {
      throw new UsageError(`--log: ${file} cannot be read`, { cause });
    }
  }
}
