import { LimeError, MappingError } from '../errors.ts';
import type { Lime } from './lime.ts';
import { readLimetype } from './requests.ts';
import { type Described, notShared, type SharedLimetypes } from './shared-limetypes.ts';
import { type Limetype, LimetypeAnswer, type Metadata } from './wire.ts';

/** Time for which mappers use the tenant's description of a limetype. */
export const METADATA_LIFETIME_MS = 600_000;

/** Age at which a limetype in use is read again beside the work, so that no operator waits for it. */
export const METADATA_REFRESH_MS = METADATA_LIFETIME_MS / 2;

/** Reads limetypes. A caller may pass its own Lime. Default: the tenant's. */
export type ReadMetadata = (limetypes: readonly string[], lime?: Lime) => Promise<Metadata>;

/**
 * Reads each limetype once per lifetime, from what another mapper has read where there is such. Throws MappingError for
 * a limetype that the tenant does not have.
 */
export function createMetadata(
  tenant: Lime,
  now: () => number = Date.now,
  shared: SharedLimetypes = notShared,
): ReadMetadata {
  const cache = new Map<string, Entry>();

  function read(name: string, lime: Lime): Promise<Described> {
    const cached = cache.get(name);
    const at = now();
    if (cached === undefined || at - cached.at >= METADATA_LIFETIME_MS) return readFirst(name, lime);
    if (at - cached.at >= METADATA_REFRESH_MS && cached.isRefreshed !== true) {
      cached.isRefreshed = true;
      const described = readSince(cached.at, name, lime);
      // If this fails, the one that is cached is used until its lifetime ends.
      described.then(
        (entry) => cache.get(name) === cached && cache.set(name, { at: entry.at, described }),
        () => undefined,
      );
    }
    return cached.described;
  }

  function readFirst(name: string, lime: Lime): Promise<Described> {
    const entry: Entry = { at: now(), described: readSince(now() - METADATA_REFRESH_MS, name, lime) };
    entry.described.then(
      ({ at }) => {
        entry.at = at;
      },
      () => cache.get(name) === entry && cache.delete(name),
    );
    cache.set(name, entry);
    return entry.described;
  }

  /** What another mapper has read since then, else Lime's answer. */
  async function readSince(time: number, name: string, lime: Lime): Promise<Described> {
    const found = await shared.read(name);
    if (found !== undefined && found.at > time && found.at <= now()) return found;
    const described = { at: now(), limetype: await readFromLime(name, lime) };
    // Nobody waits for it. If the container is frozen before, the next mapper reads the limetype itself.
    void shared.write(described);
    return described;
  }

  return async (limetypes, lime = tenant) => {
    const reading = [...new Set(limetypes)].map(async (name) => [name, (await read(name, lime)).limetype] as const);
    // If one fails, wait for the others before reporting it.
    await Promise.allSettled(reading);
    return new Map(await Promise.all(reading));
  };
}

/** A limetype and when Lime described it, or when it was asked. */
type Entry = { at: number; described: Promise<Described>; isRefreshed?: boolean };

function readFromLime(name: string, lime: Lime): Promise<Limetype> {
  return lime(readLimetype(name), LimetypeAnswer).catch((error: unknown) => {
    if (error instanceof LimeError && error.failure === 'gone') {
      throw new MappingError(`the tenant has no limetype ${name}`, { cause: error });
    }
    throw error;
  });
}
