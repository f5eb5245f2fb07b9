import * as z from 'zod';

/** Lime does not publish its response to requests over the limit. The sandbox can give all three likely ones. */
export const ThrottleAnswer = z.enum(['retry-after', 'bare', 'waf']);

const RateLimit = z.strictObject({
  /** Lime Cloud documents 3,000 requests per 300 seconds and IP address. */
  requests: z.int().positive(),
  seconds: z.number().positive(),
  /** 429 with Retry-After, 429 without, or a firewall's 403 page. */
  answer: ThrottleAnswer,
});
export type RateLimit = z.infer<typeof RateLimit>;

/** The settings that can be changed while the sandbox runs. */
export const Settings = z.strictObject({
  apiKey: z.string().min(1).default('local-lime-key'),
  /** The key's user may only read. Everything else gets a 403. */
  readOnly: z.boolean().default(false),
  /** The form of validation errors, which Lime does not document: a sentence, sentences by field, or an HTML page. */
  errors: z.union([z.literal(400), z.literal(422), z.literal(500)]).default(400),
  rateLimit: RateLimit.nullable().default(null),
  /** Longer request targets get a 414. */
  maxUrlLength: z.int().positive().default(8192),
  maxFileBytes: z.int().positive().default(25_000_000),
  /** An empty list has `_embedded` with an empty list, or no `_embedded`. It is unknown what Lime does. */
  emptyLists: z.enum(['list', 'absent']).default('list'),
  /** The Query API shows an option as its key or as an object. It is unknown what Lime does. */
  queryOptions: z.enum(['key', 'object']).default('key'),
});
export type Settings = z.infer<typeof Settings>;
export type SettingsInput = z.input<typeof Settings>;
