import { readFileSync } from 'node:fs';
import { decode, type ReadJson, readJson } from '../shared/json-text.ts';
import { CommandError, UsageError } from './errors.ts';

/** Reads a JSON file that people edit; `-` is stdin. Throws UsageError if there is no such file. */
export function readJsonFile(file: string): ReadJson {
  return readJson(bytesOf(file));
}

/** The text of a file that holds JSON. Throws UsageError if there is no such file, CommandError if it is not JSON. */
export function readJsonText(file: string): string {
  const bytes = bytesOf(file);
  const read = readJson(bytes);
  if ('problem' in read) throw new CommandError(`${nameOf(file)} ${read.problem}`);
  return decode(bytes) ?? '';
}

/** The name of a file in a message. */
export function nameOf(file: string): string {
  return file === '-' ? 'stdin' : file;
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch {
    throw new UsageError(`${nameOf(file)} cannot be read`);
  }
}
