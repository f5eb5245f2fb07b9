import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import type { Stack } from 'aws-cdk-lib';

/** A template has at most 1 MB. Larger settings are left out, and cannot be compared then. */
const MAX_LENGTH = 300_000;

/**
 * Puts the settings files into the template's metadata, compressed, so that the command line can compare a file with
 * what is deployed. They hold no secrets.
 */
export function describeSettings(stack: Stack, directory: string): void {
  const files = readdirSync(directory).filter((name) => name.endsWith('.json'));
  const settings = Object.fromEntries(files.map((name) => [name, readFileSync(join(directory, name), 'utf8')]));
  const packed = deflateRawSync(JSON.stringify(settings)).toString('base64');
  if (packed.length <= MAX_LENGTH) stack.templateOptions.metadata = { 'userlike-lime settings': packed };
}
