import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { hashInputs, withCache } from '../../../tools/local/synthesis-cache.ts';
import { aDirectory } from '../../support/a-directory.ts';

describe('the hash of what a synthesis depends on', () => {
  it('stays the same while nothing changes', async () => {
    await using directory = await aDirectory();
    const source = await directory.write('source.ts', 'one');

    expect(await hashInputs([source], ['9'])).toBe(await hashInputs([source], ['9']));
  });

  it('is the same for the same files in another directory', async () => {
    await using directory = await aDirectory();
    for (const name of ['one', 'other']) {
      await mkdir(directory.path(name));
      await writeFile(join(directory.path(name), 'default.json'), '{}');
    }

    expect(await hashInputs([directory.path('one')], [])).toBe(await hashInputs([directory.path('other')], []));
  });

  it('changes with a source, a new file, a removed file and an option', async () => {
    await using directory = await aDirectory();
    const sources = directory.path('sources');
    await mkdir(join(sources, 'below'), { recursive: true });
    await writeFile(join(sources, 'below', 'a.ts'), 'one');
    const hashes = [await hashInputs([sources], ['9'])];
    await writeFile(join(sources, 'below', 'a.ts'), 'two');
    hashes.push(await hashInputs([sources], ['9']));
    await writeFile(join(sources, 'b.ts'), '');
    hashes.push(await hashInputs([sources], ['9']));
    hashes.push(await hashInputs([sources], ['10']));
    hashes.push(await hashInputs([directory.path('none')], ['9']));

    expect(new Set(hashes).size).toBe(5);
  });
});

/** A cache whose syntheses write the text of the source. */
async function aCache() {
  const directory = await aDirectory();
  const source = await directory.write('source', 'one');
  let syntheses = 0;
  const start = (name: string, duringSynthesis = async (): Promise<void> => {}) =>
    withCache({
      cache: directory.path('cache'),
      hash: () => hashInputs([source], []),
      output: directory.path(name),
      synthesize: async (output) => {
        syntheses += 1;
        await mkdir(output, { recursive: true });
        await writeFile(join(output, 'template'), await readFile(source));
        await duringSynthesis();
      },
    });
  return {
    start,
    change: (text: string) => directory.write('source', text),
    template: (name: string) => readFile(join(directory.path(name), 'template'), 'utf8'),
    kept: () => readdir(directory.path('cache')),
    path: directory.path,
    syntheses: () => syntheses,
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}

describe('a start', () => {
  it('reuses the last synthesis if no source has changed', async () => {
    await using cache = await aCache();

    expect(await cache.start('first')).toBe('synthesized');
    expect(await cache.start('second')).toBe('reused');
    expect(await cache.template('second')).toBe('one');
    expect(cache.syntheses()).toBe(1);
  });

  it('synthesizes again if a source has changed', async () => {
    await using cache = await aCache();
    await cache.start('first');
    await cache.change('two');

    expect(await cache.start('second')).toBe('synthesized');
    expect(await cache.template('second')).toBe('two');
  });

  it('leaves nothing of an earlier assembly in its directory', async () => {
    await using cache = await aCache();
    await cache.start('first');
    await writeFile(join(cache.path('first'), 'left over'), '');
    await cache.start('first');

    expect(await readdir(cache.path('first'))).toEqual(['template']);
  });

  it('does not keep an assembly whose sources changed during the synthesis', async () => {
    await using cache = await aCache();
    const change = async (): Promise<void> => {
      await cache.change('two');
    };

    expect(await cache.start('first', change)).toBe('synthesized');
    expect(await cache.start('second')).toBe('synthesized');
    expect(await cache.template('second')).toBe('two');
  });

  it('does not keep an assembly whose synthesis failed', async () => {
    await using cache = await aCache();
    const failing = cache.start('first', async () => {
      throw new Error('as asked');
    });

    await expect(failing).rejects.toThrow('as asked');
    expect(await cache.start('second')).toBe('synthesized');
  });

  it('gets along with others at the same time, each in its own directory', async () => {
    await using cache = await aCache();
    const names = ['first', 'second', 'third', 'fourth'];
    await Promise.all(names.map((name) => cache.start(name)));

    expect(await Promise.all(names.map(cache.template))).toEqual(['one', 'one', 'one', 'one']);
    expect(await cache.kept()).toHaveLength(1);
    expect(await cache.start('fifth')).toBe('reused');
  });

  it('keeps the four newest assemblies, and removes copies that were abandoned', async () => {
    await using cache = await aCache();
    for (const [at, text] of ['one', 'two', 'three', 'four', 'five'].entries()) {
      await cache.change(text);
      await cache.start('output');
      for (const name of await cache.kept()) if (at === 0) await utimes(join(cache.path('cache'), name), 0, 0);
    }
    await mkdir(cache.path('cache/part-old'));
    await utimes(cache.path('cache/part-old'), 0, 0);
    await mkdir(cache.path('cache/part-new'));
    await cache.change('six');
    await cache.start('output');

    expect(await cache.kept()).toHaveLength(5);
    expect(await cache.kept()).toContain('part-new');
    await cache.change('one');
    expect(await cache.start('output')).toBe('synthesized');
  });
});
