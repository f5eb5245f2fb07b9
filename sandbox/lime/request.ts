import type * as z from 'zod';
import type { Decision } from '../control/faults.ts';
import { API_USER_ID } from '../data/fields.ts';
import { fileOut } from '../data/files.ts';
import type { Rendering } from '../data/render.ts';
import { HttpError, notFound, ValidationError } from '../http/errors.ts';
import type { Tenant } from '../tenant.ts';

/** A request to a Lime path with its body, and the effects of faults. */
export type LimeRequest = {
  tenant: Tenant;
  /** `http://host/application`, encoded, for the absolute links in responses. */
  base: string;
  search: URLSearchParams;
  header: (name: string) => string | undefined;
  body: Uint8Array<ArrayBuffer>;
  effects: Pick<Decision, 'rewrites' | 'duplicate'>;
};

/** The parsed body. Refuses with the messages of Flask, Lime's server. */
export function jsonBody({ header, body }: { header: LimeRequest['header']; body: Uint8Array }): unknown {
  if (!/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(header('content-type') ?? '')) {
    throw new HttpError(
      415,
      "Did not attempt to load JSON data because the request Content-Type was not 'application/json'.",
    );
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new HttpError(400, 'Failed to decode JSON object');
  }
}

/** @throws {ValidationError} with the problems by field */
export function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const problems: Record<string, string[]> = {};
  for (const { path, message } of result.error.issues) {
    const field = path.join('.') || '_schema';
    problems[field] = [...(problems[field] ?? []), `${field}: ${message}`];
  }
  throw new ValidationError(problems);
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
