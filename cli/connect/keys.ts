import type { AddonSecret } from '../../shared/credentials.ts';

/** Bytes of a key: more than anybody can try. */
const KEY_BYTES = 32;

export type RandomBytes = (size: number) => Buffer;

export function randomKey(randomBytes: RandomBytes): string {
  return randomBytes(KEY_BYTES).toString('base64url');
}

/** Which keys are made anew; the former ones are taken until the next time. */
export type Rotation = { key: boolean; linkKey: boolean };

/** The add-on secret after a connect: made where there is none, as it was where nothing is rotated. */
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
