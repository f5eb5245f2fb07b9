import * as z from 'zod';
import { HostRules } from './outgoing/hosts.ts';

/**
 * The environment of each function. Nothing else in `functions/` and `shared/` reads `process.env`. `infra/` binds
 * exactly these names, and local runs add `TIME_SCALE`, `ALLOW_ANY_LIME_URL` and `AWS_ENDPOINT_URL`.
 */

/**
 * First part of every secret's name: `<prefix>/<organization>/addon|lime`, for example
 * `userlike-lime/prod/108905/lime`.
 */
const secretsPrefix = z.string().regex(/^[\w./-]+$/);

/** Namespace of the function's metrics. */
const metricsNamespace = z.string().regex(/^[\w./#:-]{1,255}$/);

function number(schema: z.ZodNumber) {
  return z.string().transform(Number).pipe(schema);
}

/** Throws with the names of all missing or invalid variables, never their values. */
export function readEnv<T>(schema: z.ZodType<T>): T {
  return schema.parse(process.env);
}

export const IntakeEnv = z.object({
  SECRETS_PREFIX: secretsPrefix,
  METRICS_NAMESPACE: metricsNamespace,
  /** The queue of the bulk lane. */
  QUEUE_URL: z.url(),
  INTERACTIVE_QUEUE_URL: z.url(),
  /** Days that links stay valid. Default: forever. */
  LINK_LIFETIME_DAYS: number(z.number().positive()).optional(),
});
export type IntakeEnv = z.infer<typeof IntakeEnv>;

export const MapperEnv = z.object({
  SECRETS_PREFIX: secretsPrefix,
  METRICS_NAMESPACE: metricsNamespace,
  /** The queue of the bulk lane. */
  QUEUE_URL: z.url(),
  INTERACTIVE_QUEUE_URL: z.url(),
  DLQ_URL: z.url(),
  LEDGER_TABLE: z.string().min(3),
  /** Hosts that a Lime URL may have, each with its sub-domains, comma-separated. */
  LIME_HOSTS: z
    .string()
    .transform((text) => text.split(','))
    .pipe(HostRules),
  /** Allows the sandbox on 127.0.0.1 without TLS. Local runs only. */
  ALLOW_ANY_LIME_URL: z.stringbool({ truthy: ['true'], falsy: ['false'] }).default(false),
  /** Lime's budget: requests a second of all mappers together. */
  LIME_REQUESTS_PER_SECOND: number(z.number().positive()),
  /** Mappers that may run at once. Each keeps to its part of the budget while they cannot share it. */
  MAPPERS: number(z.int().positive()),
  /** The queue's maxReceiveCount. At the last receive the mapper parks the record with its reason. */
  MAX_RECEIVES: number(z.int().positive()),
  /** The function's timeout. A batch stops early enough to return the remaining records. */
  TIMEOUT_SECONDS: number(z.number().positive()),
  /** Multiplies every wait (back-off, Retry-After, lease), so that local runs show failures quickly. */
  TIME_SCALE: number(z.number().positive()).default(1),
});
export type MapperEnv = z.infer<typeof MapperEnv>;

export const LinkEnv = z.object({
  SECRETS_PREFIX: secretsPrefix,
  LEDGER_TABLE: z.string().min(3),
});
export type LinkEnv = z.infer<typeof LinkEnv>;

/** The X-Ray trace of the present invocation. Lambda sets the variable anew for each. */
export function traceId(): string | undefined {
  return /(?:^|;)Root=([^;]+)/.exec(process.env._X_AMZN_TRACE_ID ?? '')?.[1];
}
