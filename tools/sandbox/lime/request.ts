import type * as z from 'zod';
import type { Decision } from '../control/faults.ts';
import { API_USER_ID } from '../data/fields.ts';
import { fileOut } from '../data/files.ts';
import type { Rendering } from '../data/render.ts';
import { Invalid, notFound, Refused } from '../http/refused.ts';
import type { Tenant } from '../tenant.ts';

/** A complete request to a Lime path, with the effects of its faults. */
export type LimeRequest = {
  tenant: Tenant;
  /** `http://host/application`, encoded, because links in responses are absolute. */
  base: string;
  search: URLSearchParams;
  header: (name: string) => string | undefined;
  body: Uint8Array<ArrayBuffer>;
  effects: Pick<Decision, 'rewrites' | 'duplicate'>;
};

/** Lime's server is Flask, so both refusals use its texts. */
export function jsonBody({ header, body }: { header: LimeRequest['header']; body: Uint8Array }): unknown {
  if (!/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(header('content-type') ?? '')) {
    throw new Refused(
      415,
      "Did not attempt to load JSON data because the request Content-Type was not 'application/json'.",
    );
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new Refused(400, 'Failed to decode JSON object');
  }
}

/** @throws {Invalid} with the problems by field */
export function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const problems: Record<string, string[]> = {};
  for (const { path, message } of result.error.issues) {
    const field = path.join('.') || '_schema';
    problems[field] = [...(problems[field] ?? []), `${field}: ${message}`];
  }
  throw new Invalid(problems);
}

export function idOf(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw notFound();
  return Number(text);
}

export function renderingFor({ tenant, base }: LimeRequest): Rendering {
  return {
    base,
    schema: tenant.schema,
    store: tenant.store,
    fileOut: (id) => {
      const file = tenant.files.find(id);
      return file && fileOut(base, API_USER_ID, file);
    },
  };
}
