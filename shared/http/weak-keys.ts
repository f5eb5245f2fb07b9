import type { AddonSecret, SecretReader } from '../credentials.ts';
import type { Log } from '../log.ts';

/** Minimum length of a secret that is the only factor (NIST SP 800-63B-4). */
const MIN_KEY_LENGTH = 15;

/** 15 random digits nearly always have this many different ones. A pattern typed by hand has not. */
const MIN_DISTINCT_CHARACTERS = 6;

/** The rule for keys, to follow "must". */
export const keyRule = `have at least ${MIN_KEY_LENGTH} characters, ${MIN_DISTINCT_CHARACTERS} of them different`;

/** Names of keys that could be guessed or that somebody else knows. */
export function weakKeysIn(secret: AddonSecret): (keyof AddonSecret)[] {
  const { key, previousKey, linkKey, previousLinkKey } = secret;
  const keys = { key, previousKey, linkKey, previousLinkKey };
  const weak = ['key', 'previousKey', 'linkKey', 'previousLinkKey'] as const;
  // Userlike knows the add-on keys and could sign links with them.
  const isShared = (name: keyof AddonSecret) =>
    name.toLowerCase().endsWith('linkkey') && [key, previousKey].includes(keys[name]);
  return weak.filter((name) => keys[name] !== undefined && (isWeak(keys[name]) || isShared(name)));
}

function isWeak(key: string): boolean {
  return key.length < MIN_KEY_LENGTH || new Set(key).size < MIN_DISTINCT_CHARACTERS;
}

/** Logs the names of an organization's weak keys once. Weak keys continue to work. */
export function warnAboutWeakKeys(
  secrets: SecretReader<AddonSecret>,
  log: Pick<Log, 'warn'>,
): SecretReader<AddonSecret> {
  const looked = new Set<string>();
  function warn(organization: string, secret: AddonSecret | undefined): AddonSecret | undefined {
    if (secret === undefined || looked.has(organization)) return secret;
    looked.add(organization);
    const paths = weakKeysIn(secret);
    if (paths.length > 0) log.warn('weak keys', { organization, paths, reason: `a key must ${keyRule}` });
    return secret;
  }
  return {
    read: async (organization) => warn(organization, await secrets.read(organization)),
    refetch: async (organization) => warn(organization, await secrets.refetch(organization)),
  };
}
