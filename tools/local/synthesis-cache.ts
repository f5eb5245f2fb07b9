import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/** Number of kept assemblies. Runs with other options do not replace each other's. */
const MOST_KEPT = 4;

/** Milliseconds after which an incomplete copy belongs to a start that was killed. */
const ABANDONED_MS = 3_600_000;

/**
 * A hash of everything that a synthesis depends on.
 * @param paths files, and directories with all files below them. A missing one counts as empty
 * @param others everything else
 */
export async function hashInputs(paths: readonly string[], others: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  const add = (text: string | Buffer): void => {
    hash.update(`${text.length}:`).update(text);
  };
  for (const other of others) add(other);
  for (const [index, path] of paths.entries()) {
    add(String(index));
    for (const file of (await filesBelow(path)).toSorted()) {
      add(relative(path, file));
      add(await readFile(file));
    }
  }
  return hash.digest('hex').slice(0, 32);
}

/**
 * Fills a directory with the assembly of these inputs. It is copied from the cache, or synthesized and then kept there.
 * Several starts may do this at once: assemblies appear in the cache whole, and each start works on its own copy.
 * @param cache the directory in which assemblies are kept
 * @param hash computes the hash of the inputs
 * @param synthesize writes the assembly into a directory
 */
export async function withCache(options: {
  cache: string;
  hash: () => Promise<string>;
  output: string;
  synthesize: (output: string) => Promise<void>;
}): Promise<'reused' | 'synthesized'> {
  const { cache, hash, output, synthesize } = options;
  const before = await hash();
  const kept = join(cache, before);
  if (await copied(kept, output)) return 'reused';
  await synthesize(output);
  // A source that changed meanwhile is in one or the other.
  if ((await hash()) !== before) return 'synthesized';
  await mkdir(cache, { recursive: true });
  const part = await mkdtemp(join(cache, 'part-'));
  await cp(output, part, { recursive: true });
  // Another start may have kept the same assembly in the meantime.
  await rename(part, kept).catch(() => rm(part, { recursive: true, force: true }));
  await removeOld(cache);
  return 'synthesized';
}

/** False if the assembly is not in the cache, or another start removed it meanwhile. */
async function copied(kept: string, output: string): Promise<boolean> {
  await rm(output, { recursive: true, force: true });
  await mkdir(dirname(output), { recursive: true });
  try {
    await cp(kept, output, { recursive: true });
    return true;
  } catch {
    await rm(output, { recursive: true, force: true });
    return false;
  }
}

async function removeOld(cache: string): Promise<void> {
  const names = await readdir(cache);
  const entries = await Promise.all(names.map(async (name) => ({ name, at: await changedAt(join(cache, name)) })));
  const [parts = [], assemblies = []] = [true, false].map((isPart) =>
    entries.filter(({ name }) => name.startsWith('part-') === isPart),
  );
  const old = [
    ...parts.filter(({ at }) => at < Date.now() - ABANDONED_MS),
    ...assemblies.toSorted((one, other) => other.at - one.at).slice(MOST_KEPT),
  ];
  await Promise.all(old.map(({ name }) => rm(join(cache, name), { recursive: true, force: true })));
}

function changedAt(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}

/** The file itself, or all files below a directory. */
async function filesBelow(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return [];
  if (found.isFile()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
}
