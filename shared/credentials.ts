import {
  GetSecretValueCommand,
  InvalidRequestException,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { type Budget, createBudget } from './budget.ts';
import { createMemory, type Memory } from './memory.ts';

/** What Userlike's add-on must send, and what signs the links handed to operators. */
export const AddonSecret = z.strictObject({
  key: z.string().min(1),
  /** Still accepted while Userlike is being given the new key. */
  previousKey: z.string().min(1).optional(),
  linkKey: z.string().min(16),
  /** Links signed with it are still opened. */
  previousLinkKey: z.string().min(16).optional(),
});
export type AddonSecret = z.infer<typeof AddonSecret>;

/** Lime's key goes with each request, readable for everybody on the way of one without TLS. */
export const LimeUrl = z
  .url({
    protocol: /^https?$/,
    error: ({ code }) => (code === 'invalid_format' ? 'must be an http or https address' : undefined),
    abort: true,
  })
  .refine((url) => isPrivateOnTheWay(new URL(url)), 'must be https; http only to this machine, as 127.0.0.1');

const isPrivateOnTheWay = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);

/** Where the organization's Lime CRM is (application name included) and the key of its API user. */
export const LimeSecret = z.strictObject({
  url: LimeUrl,
  apiKey: z.string().min(1),
  /** Of the hashes by which the ledger knows people; it stays when the key of Lime is changed. */
  hashKey: z.string().min(16).optional(),
});
export type LimeSecret = z.infer<typeof LimeSecret>;

/** A secret that is stored but cannot be used; names the secret and the path in it. */
export class SecretUnusable extends Error {
  override readonly name = 'SecretUnusable';
}

/** Too many organizations without a known secret were asked for: Secrets Manager is not asked for another one now. */
export class TooManyLookups extends Error {
  override readonly name = 'TooManyLookups';
}

export type SecretReader<S> = {
  /** The organization's secret, at most `lifetime` old; undefined where it has none. */
  read(organization: string): Promise<S | undefined>;
  /** The same, fetched anew: for a key that Lime has just refused. */
  refetch(organization: string): Promise<S | undefined>;
};

/** Milliseconds for which Secrets Manager is not asked again for a secret that it has just failed to tell. */
export const failureLifetime = 10_000;

/** Milliseconds after which a value is used no more, although Secrets Manager cannot be asked: 12 hours. */
export const longestUse = 12 * 3_600_000;

/** What a container asks of Secrets Manager for callers of no known organization. */
export const strangersLookups = (): Budget => createBudget({ perSecond: 2, most: 20 });

type Known<S> = { secret: S; at: number; failedAt?: number };

/** An organization of which no secret is known: it has none, or Secrets Manager failed to tell. */
type Unknown = { at: number; failure?: unknown };

/**
 * Secrets `<prefix>/<organization>/<direction>`, cached per container. A value that was read once is used on while
 * Secrets Manager is out of reach, for `longestUse` at most. That an organization has no secret is remembered like a
 * value, so that asking for an unknown organization costs what asking for a known one does, but apart from the values:
 * strangers evict nobody.
 */
export const createSecretReader = <S>(options: {
  client: SecretsManagerClient;
  prefix: string;
  direction: 'addon' | 'lime';
  schema: z.ZodType<S>;
  now?: () => number;
  /** Milliseconds. */
  lifetime?: number;
  /** Organizations remembered at once, of those with a secret and of those without; the longest unasked goes first. */
  capacity?: number;
  /** Look-ups of organizations of which no secret is known; those that have one do not count. */
  lookups?: Budget;
  /** Milliseconds that Secrets Manager may take where a former value can be used instead. */
  patience?: number;
}): SecretReader<S> => {
  const { client, prefix, direction, schema, lookups, patience = 800 } = options;
  const { now = Date.now, lifetime = 300_000, capacity = 1_000 } = options;
  const values: Memory<Known<S>> = createMemory(capacity);
  const unknown: Memory<Unknown> = createMemory(capacity);
  const underWay = new Map<string, Promise<S | undefined>>();

  const fetchSecret = async (organization: string, abortSignal?: AbortSignal): Promise<S | undefined> => {
    const SecretId = `${prefix}/${organization}/${direction}`;
    try {
      const { SecretString } = await client.send(
        new GetSecretValueCommand({ SecretId }),
        abortSignal === undefined ? {} : { abortSignal },
      );
      return parseSecret(SecretId, SecretString ?? '', schema);
    } catch (error) {
      // The second is the answer for a secret that is scheduled for deletion.
      if (error instanceof ResourceNotFoundException || error instanceof InvalidRequestException) return undefined;
      throw error;
    }
  };

  const learn = (organization: string, secret: S | undefined): S | undefined => {
    if (secret === undefined) {
      values.forget(organization);
      unknown.keep(organization, { at: now() });
    } else {
      unknown.forget(organization);
      values.keep(organization, { secret, at: now() });
    }
    return secret;
  };

  const refresh = async (organization: string, { secret, at }: Known<S>): Promise<S | undefined> => {
    try {
      return learn(organization, await fetchSecret(organization, AbortSignal.timeout(patience)));
    } catch (error) {
      if (now() - at >= longestUse) {
        values.forget(organization);
        unknown.keep(organization, { at: now(), failure: error });
        throw error;
      }
      values.keep(organization, { secret, at, failedAt: now() });
      return secret;
    }
  };

  const lookUp = async (organization: string): Promise<S | undefined> => {
    if (lookups?.take() === false) throw new TooManyLookups('too many organizations without a known secret');
    try {
      const secret = learn(organization, await fetchSecret(organization));
      if (secret !== undefined) lookups?.giveBack();
      return secret;
    } catch (error) {
      unknown.keep(organization, { at: now(), failure: error });
      throw error;
    }
  };

  /** One request at a time for each organization: all who wait for it get its answer. */
  const ask = (organization: string): Promise<S | undefined> => {
    const running = underWay.get(organization);
    if (running !== undefined) return running;
    const known = values.recall(organization);
    const asking = (known === undefined ? lookUp(organization) : refresh(organization, known)).finally(() =>
      underWay.delete(organization),
    );
    underWay.set(organization, asking);
    return asking;
  };

  /** Whether Secrets Manager has just failed to tell. */
  const hasFailed = (at: number | undefined): boolean => at !== undefined && now() - at < failureLifetime;

  const answer = async (organization: string, believed: number): Promise<S | undefined> => {
    const known = values.recall(organization);
    if (known !== undefined) {
      return now() - known.at < believed || hasFailed(known.failedAt) ? known.secret : ask(organization);
    }
    const none = unknown.recall(organization);
    if (none?.failure !== undefined && hasFailed(none.at)) throw none.failure;
    const isNone = none !== undefined && none.failure === undefined && now() - none.at < believed;
    return isNone ? undefined : ask(organization);
  };

  return {
    read: (organization) => answer(organization, lifetime),
    refetch: (organization) => answer(organization, 0),
  };
};

const parseSecret = <S>(name: string, text: string, schema: z.ZodType<S>): S => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new SecretUnusable(`secret ${name} is not JSON`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const findings = parsed.error.issues.map((issue) => `${issue.path.join('.') || '(root)'}: ${issue.message}`);
  throw new SecretUnusable(`secret ${name}: ${findings.join('; ')}`);
};
