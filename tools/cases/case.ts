import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { CaseFile } from '../../cli/preview/case-file.ts';
import { dryRun } from '../../cli/preview/dry-run.ts';
import { SchemaName } from '../../sandbox/data/schema.ts';
import { LimeError, MappingError } from '../../shared/errors.ts';
import type { Lime } from '../../shared/lime/lime.ts';

const Request = z.strictObject({
  method: z.enum(['POST', 'PUT']),
  path: z.string(),
  body: z.record(z.string(), z.unknown()),
  /**
   * The response contains the id of the limeobject that is created with this number. `{"created": n}` in a body stands
   * for that id.
   */
  creates: z.int().positive().optional(),
});

/** The expected requests to Lime, in order, or the reason for none. */
export const Expected = z.union([
  z.strictObject({ requests: z.array(Request) }),
  z.strictObject({ parked: z.string() }),
  z.strictObject({ skipped: z.string() }),
]);
export type Expected = z.infer<typeof Expected>;

/** A case file with its tenant (one of the sandbox's) and the expected outcome. */
export const Case = z.strictObject({ ...CaseFile.shape, tenant: SchemaName, expected: Expected.optional() });
export type Case = z.infer<typeof Case>;

/** The time at which intake accepted the conversation of a case. */
export const ACCEPTED_AT = '2024-02-22T16:00:00.000Z';

export const casesDirectory = join(import.meta.dirname, '../../test/cases');

/** The files of all cases. */
export function caseFiles(): string[] {
  return readdirSync(casesDirectory).sort();
}

/** The text of a case's file, as JSON. */
export function readCase(file: string): unknown {
  return JSON.parse(readFileSync(join(casesDirectory, file), 'utf8'));
}

/** The outcome of a case in a tenant. Only reading requests are sent. */
export async function outcomeOf({ conversation, settings }: Case, lime: Lime): Promise<Expected> {
  try {
    const { objects, requests, skipped } = await dryRun({ conversation, settings, lime, acceptedAt: ACCEPTED_AT });
    if (skipped !== undefined) return { skipped };
    const parked = objects.find((object) => object.parked !== undefined)?.parked;
    return Expected.parse(parked === undefined ? { requests } : { parked });
  } catch (error) {
    if (error instanceof MappingError && !(error instanceof LimeError)) return { parked: error.message };
    throw error;
  }
}
