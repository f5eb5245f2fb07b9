import { LimeError, MappingError } from '../errors.ts';
import type { Lime } from './lime.ts';
import { readLimetype } from './requests.ts';
import { type Limetype, LimetypeAnswer, type Metadata } from './wire.ts';

/** Time for which a container caches the tenant's description of a limetype. */
export const METADATA_LIFETIME_MS = 600_000;

/** Age at which a limetype in use is read again beside the work, so that no operator waits for it. */
export const METADATA_REFRESH_MS = METADATA_LIFETIME_MS / 2;

/** Reads limetypes. A caller may pass its own Lime. Default: the tenant's. */
export type ReadMetadata = (limetypes: readonly string[], lime?: Lime) => Promise<Metadata>;

/**
 * Reads each limetype once per container and lifetime. Throws MappingError for a limetype that the tenant does not
 * have.
 */
export function createMetadata(tenant: Lime, now: () => number = Date.now): ReadMetadata {
  const cache = new Map<string, { at: number; limetype: Promise<Limetype>; isRefreshed?: boolean }>();

  function read(name: string, lime: Lime): Promise<Limetype> {
    const cached = cache.get(name);
    const at = now();
    if (cached === undefined || at - cached.at >= METADATA_LIFETIME_MS) return readFirst(name, lime);
    if (at - cached.at >= METADATA_REFRESH_MS && cached.isRefreshed !== true) {
      cached.isRefreshed = true;
      const limetype = lime(readLimetype(name), LimetypeAnswer);
      // If this fails, the one that is cached is used until its lifetime ends.
      limetype.then(
        () => cache.get(name) === cached && cache.set(name, { at, limetype }),
        () => undefined,
      );
    }
    return cached.limetype;
  }

  function readFirst(name: string, lime: Lime): Promise<Limetype> {
    const limetype = lime(readLimetype(name), LimetypeAnswer).catch((error: unknown) => {
      cache.delete(name);
      if (error instanceof LimeError && error.failure === 'gone') {
        throw new MappingError(`the tenant has no limetype ${name}`, { cause: error });
      }
      throw error;
    });
    cache.set(name, { at: now(), limetype });
    return limetype;
  }

  return async (limetypes, lime = tenant) => {
    const reading = [...new Set(limetypes)].map(async (name) => [name, await read(name, lime)] as const);
    // If one fails, wait for the others before reporting it.
    await Promise.allSettled(reading);
    return new Map(await Promise.all(reading));
  };
}
