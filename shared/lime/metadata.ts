import { LimeError, MappingError } from '../errors.ts';
import type { Lime } from './client.ts';
import { readLimetype } from './requests.ts';
import { type Limetype, LimetypeAnswer, type Metadata } from './wire.ts';

/** Milliseconds for which a container believes what the tenant said of its data model. */
export const metadataLifetime = 600_000;

/**
 * Reads limetypes once per container and lifetime, through a Lime of the caller's own where it has one. A limetype the
 * tenant does not have is a MappingError.
 */
export const createMetadata = (
  lime: Lime,
  now: () => number = Date.now,
): ((limetypes: readonly string[], asking?: Lime) => Promise<Metadata>) => {
  const cache = new Map<string, { at: number; limetype: Promise<Limetype> }>();

  const read = (name: string, asking: Lime): Promise<Limetype> => {
    const known = cache.get(name);
    if (known !== undefined && now() - known.at < metadataLifetime) return known.limetype;
    const limetype = asking(readLimetype(name), LimetypeAnswer).catch((error: unknown) => {
      cache.delete(name);
      if (error instanceof LimeError && error.failure === 'gone') {
        throw new MappingError(`the tenant has no limetype ${name}`, { cause: error });
      }
      throw error;
    });
    cache.set(name, { at: now(), limetype });
    return limetype;
  };

  return async (limetypes, asking = lime) => {
    const reading = [...new Set(limetypes)].map(async (name) => [name, await read(name, asking)] as const);
    // None of them is left under way where one fails.
    await Promise.allSettled(reading);
    return new Map(await Promise.all(reading));
  };
};
