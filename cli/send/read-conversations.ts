import { hash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseExactly } from '../../shared/userlike/parse-exactly.ts';
import { UsageError } from '../errors.ts';

/** A conversation to send. `key` is a hash of its content. `from` says where it stands. */
export type Outgoing = { json: string; key: string; from: string };

/** Names of files in a directory that hold conversations. */
const CONVERSATIONS = /\.(?:json|jsonl|ndjson)$/;

/**
 * Reads the conversations of a file, of each file of a directory in the order of their names, or of stdin (`-`). A file
 * is one conversation, an array, a call of Userlike, or one conversation a line. Throws UsageError.
 */
export function readConversations(path: string): Outgoing[] {
  if (path === '-') return conversationsIn(readText(0, 'stdin'), 'stdin');
  if (!isDirectory(path)) return conversationsIn(readText(path, path), path);
  const files = readdirSync(path)
    .filter((name) => CONVERSATIONS.test(name))
    .toSorted()
    .map((name) => join(path, name));
  if (files.length === 0) throw new UsageError(`${path} has no file that ends in .json, .jsonl or .ndjson`);
  return files.flatMap((file) => conversationsIn(readText(file, file), file));
}

/** Takes apart the text of a file. Long numbers become texts, because JSON cannot carry them exactly. */
export function conversationsIn(text: string, from: string): Outgoing[] {
  const whole = parsedAs(text);
  if (whole !== undefined)
    return entriesOf(whole.value).map((value, at) => outgoing(value, `${from}, number ${at + 1}`));
  const found = text.split('\n').flatMap((line, at) => {
    if (line.trim() === '') return [];
    const parsed = parsedAs(line);
    if (parsed === undefined) throw new UsageError(`${from}: line ${at + 1} is not JSON`);
    return [outgoing(parsed.value, `${from}, line ${at + 1}`)];
  });
  if (found.length === 0) throw new UsageError(`${from}: is empty`);
  return found;
}

function entriesOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'object' && value !== null && 'conversations' in value && Array.isArray(value.conversations)) {
    return value.conversations;
  }
  return [value];
}

function outgoing(value: unknown, from: string): Outgoing {
  const json = JSON.stringify(value);
  return { json, key: hash('sha256', json, 'base64url').slice(0, 22), from };
}

function parsedAs(text: string): { value: unknown } | undefined {
  try {
    return { value: parseExactly(text).value };
  } catch {
    return undefined;
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function readText(file: string | number, name: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    throw new UsageError(`${name} cannot be read`);
  }
}
