import type { AddonSecret } from '../../shared/credentials.ts';

/** Random bytes of a key, too many to guess. */
const KEY_BYTES = 32;

export type RandomBytes = (size: number) => Buffer;

export function randomKey(randomBytes: RandomBytes): string {
  return randomBytes(KEY_BYTES).toString('base64url');
}

/** The keys that are replaced. The former ones are accepted until the next rotation. */
export type Rotation = { key: boolean; linkKey: boolean };

/** The add-on secret after a connect: a new one, or the stored one with its rotations. */
export function nextSecret(
  stored: AddonSecret | undefined,
  rotation: Rotation,
  randomBytes: RandomBytes,
): { secret: AddonSecret; isNew: boolean } {
  const random = () => randomKey(randomBytes);
  if (stored === undefined) return { secret: { key: random(), linkKey: random() }, isNew: true };
  const secret = {
    ...stored,
    ...(rotation.key && { key: random(), previousKey: stored.key }),
    ...(rotation.linkKey && { linkKey: random(), previousLinkKey: stored.linkKey }),
  };
  return { secret, isNew: rotation.key };
}
