import type { AddonSecret } from '../../../shared/credentials.ts';

/** Bytes of a key: more than anybody can try. */
const keyBytes = 32;

export type RandomBytes = (size: number) => Buffer;

/**
 * The add-on secret after a connect: made where there is none, as it was otherwise. `rotate` makes a new key and goes
 * on taking the one before. The key that signs links stays: another one would end every link handed out.
 */
export const nextSecret = (
  stored: AddonSecret | undefined,
  rotate: boolean,
  randomBytes: RandomBytes,
): { secret: AddonSecret; isNew: boolean } => {
  const random = () => randomBytes(keyBytes).toString('base64url');
  if (stored === undefined) return { secret: { key: random(), linkKey: random() }, isNew: true };
  if (!rotate) return { secret: stored, isNew: false };
  return { secret: { key: random(), previousKey: stored.key, linkKey: stored.linkKey }, isNew: true };
};
