import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A directory of its own, gone after the test. */
export async function aDirectory() {
  const path = await mkdtemp(join(tmpdir(), 'userlike-lime-test-'));
  return {
    path: (name: string) => join(path, name),
    write: async (name: string, content: unknown) => {
      const isWritten = typeof content === 'string' || content instanceof Uint8Array;
      await mkdir(dirname(join(path, name)), { recursive: true });
      await writeFile(join(path, name), isWritten ? content : JSON.stringify(content));
      return join(path, name);
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true }),
  };
}
