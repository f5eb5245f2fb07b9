import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Another run uses the directory. */
export class DataInUseError extends Error {
  override readonly name = 'DataInUseError';
}

/** Where a run keeps its state: a file or directory for each part. */
export type DataDirectory = {
  sqs: string;
  dynamodb: string;
  secrets: string;
  sandbox: string;
  close: () => void;
};

/**
 * Opens the directory of a run's state, and makes it if needed. Two runs at once would spoil it, so one locks it. The
 * kernel ends the lock with the process, even if that is killed.
 * @throws DataInUseError if another run has it
 */
export function openDataDirectory(path: string): DataDirectory {
  const directory = resolve(path);
  mkdirSync(directory, { recursive: true });
  const lock = new DatabaseSync(join(directory, 'lock'));
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    throw new DataInUseError(
      `${directory} is in use by another run: end that run, or choose another directory with DATA or --data.`,
      { cause },
    );
  }
  return {
    sqs: join(directory, 'sqs'),
    dynamodb: join(directory, 'dynamodb'),
    secrets: join(directory, 'secrets.json'),
    sandbox: join(directory, 'sandbox.sqlite'),
    close: () => lock.close(),
  };
}
