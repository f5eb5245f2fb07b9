import * as z from 'zod';

/** What Lime answers over its limit is not published, so all three guesses can be played. */
export const ThrottleAnswer = z.enum(['retry-after', 'bare', 'waf']);

const RateLimit = z.strictObject({
  /** Lime Cloud documents 3,000 requests per 300 seconds and IP address. */
  requests: z.int().positive(),
  seconds: z.number().positive(),
  /** 429 with Retry-After, 429 without, or a firewall's 403 page. */
  answer: ThrottleAnswer,
});
export type RateLimit = z.infer<typeof RateLimit>;

/** What can be changed while the sandbox runs. */
export const Settings = z.strictObject({
  apiKey: z.string().min(1).default('local-lime-key'),
  /** The key's user may only read: everything else is answered with 403. */
  readOnly: z.boolean().default(false),
  /** Form of validation errors, which Lime does not document: a sentence, sentences by field, or an HTML page. */
  errors: z.union([z.literal(400), z.literal(422), z.literal(500)]).default(400),
  rateLimit: RateLimit.nullable().default(null),
  /** Longer request targets are answered with 414. */
  maxUrlLength: z.int().positive().default(8192),
  maxFileBytes: z.int().positive().default(25_000_000),
  /** Whether an empty list has `_embedded` with an empty list or none at all: not known of Lime. */
  emptyLists: z.enum(['list', 'absent']).default('list'),
  /** How the Query API shows an option: its key or the whole object. Not known of Lime. */
  queryOptions: z.enum(['key', 'object']).default('key'),
});
export type Settings = z.infer<typeof Settings>;
export type SettingsInput = z.input<typeof Settings>;
