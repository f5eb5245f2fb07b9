import * as z from 'zod';

/** Lime does not publish its response above the limit, so there are three variants. */
export const ThrottleAnswer = z.enum(['retry-after', 'bare', 'waf']);

const RateLimit = z.strictObject({
  /** Lime Cloud documents 3,000 requests per 300 seconds and IP address. */
  requests: z.int().positive(),
  seconds: z.number().positive(),
  /** 429 with Retry-After, 429 without, or a firewall's 403 page. */
  answer: ThrottleAnswer,
});
export type RateLimit = z.infer<typeof RateLimit>;

/** Settings that can be changed while the sandbox runs. */
export const Settings = z.strictObject({
  apiKey: z.string().min(1).default('local-lime-key'),
  /** The key's user may only read. All other requests get 403. */
  readOnly: z.boolean().default(false),
  /** Form of validation errors, which Lime does not document: a sentence, sentences by field, or an HTML page. */
  errors: z.union([z.literal(400), z.literal(422), z.literal(500)]).default(400),
  rateLimit: RateLimit.nullable().default(null),
  /** Longer request targets get 414. */
  maxUrlLength: z.int().positive().default(8192),
  maxFileBytes: z.int().positive().default(25_000_000),
  /** `_embedded` of an empty list: an empty list, or missing. Lime's form is unknown. */
  emptyLists: z.enum(['list', 'absent']).default('list'),
  /** An option in the Query API: its key or the whole object. Lime's form is unknown. */
  queryOptions: z.enum(['key', 'object']).default('key'),
});
export type Settings = z.infer<typeof Settings>;
export type SettingsInput = z.input<typeof Settings>;
