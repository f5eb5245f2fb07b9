import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { Version } from './secret-versions.ts';

/** A secret with its versions. Times are milliseconds since 1970. */
const Secret = z.object({
  name: z.string(),
  arn: z.string(),
  description: z.string().optional(),
  created: z.number(),
  versions: z.array(Version),
  /** When it will be deleted. */
  deletion: z.number().optional(),
});
export type Secret = z.infer<typeof Secret>;

/** The secrets of a file by name, or none if there is no file. */
export function readSecrets(file: string | undefined): Map<string, Secret> {
  if (file === undefined || !existsSync(file)) return new Map();
  const secrets = z.array(Secret).parse(JSON.parse(readFileSync(file, 'utf8')));
  return new Map(secrets.map((secret) => [secret.name, secret]));
}

/** Replaces the file by renaming, so that a killed process leaves either the old or the new one. */
export function writeSecrets(file: string, secrets: ReadonlyMap<string, Secret>): void {
  const next = `${file}.next`;
  const text = JSON.stringify([...secrets.values()], (_, value) => (value instanceof Set ? [...value] : value));
  writeFileSync(next, text, { mode: 0o600 });
  renameSync(next, file);
}
