import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';

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
});
export type LimeSecret = z.infer<typeof LimeSecret>;

/** A secret that is stored but cannot be used; names the secret and the path in it. */
export class SecretUnusable extends Error {
  override readonly name = 'SecretUnusable';
}

export type SecretReader<S> = {
  /** The organization's secret, at most `lifetime` old; undefined where it has none. */
  read(organization: string): Promise<S | undefined>;
  /** The same, fetched anew: for a key that Lime has just refused. */
  refetch(organization: string): Promise<S | undefined>;
};

/**
 * Secrets `<prefix>/<organization>/<direction>`, cached per container. A value that was read once is used on while
 * Secrets Manager is out of reach. That an organization has no secret is remembered like a value, so that asking for
 * an unknown organization costs what asking for a known one does.
 */
export const createSecretReader = <S>(options: {
  client: SecretsManagerClient;
  prefix: string;
  direction: 'addon' | 'lime';
  schema: z.ZodType<S>;
  now?: () => number;
  /** Milliseconds. */
  lifetime?: number;
  /** Organizations remembered at once; the one asked for longest ago goes first. */
  capacity?: number;
}): SecretReader<S> => {
  const { client, prefix, direction, schema, now = Date.now, lifetime = 300_000, capacity = 1_000 } = options;
  const cache = new Map<string, { secret: S | undefined; at: number }>();

  const fetchSecret = async (organization: string): Promise<S | undefined> => {
    const SecretId = `${prefix}/${organization}/${direction}`;
    try {
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId }));
      return parseSecret(SecretId, SecretString ?? '', schema);
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  };

  const refetch = async (organization: string): Promise<S | undefined> => {
    const known = cache.get(organization);
    try {
      const secret = await fetchSecret(organization);
      cache.delete(organization);
      cache.set(organization, { secret, at: now() });
      const [oldest] = cache.keys();
      if (cache.size > capacity && oldest !== undefined) cache.delete(oldest);
      return secret;
    } catch (error) {
      if (known === undefined) throw error;
      return known.secret;
    }
  };

  return {
    refetch,
    read: async (organization) => {
      const known = cache.get(organization);
      if (known === undefined || now() - known.at >= lifetime) return refetch(organization);
      cache.delete(organization);
      cache.set(organization, known);
      return known.secret;
    },
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
