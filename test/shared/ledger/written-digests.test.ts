import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDigests,
  MOST_RECORDS,
  NO_DIGESTS,
  RECORD_BYTES,
  readDigests,
  type WrittenPart,
} from '../../../shared/ledger/written-digests.ts';
import { digestOf } from '../../../shared/notes/entry.ts';

const part = (of: string, said: string): WrittenPart => ({ of, digest: digestOf(of, said) });
const alone = (text: string): WrittenPart => ({ digest: digestOf(text) });

describe('what the ledger knows to be in Lime', () => {
  it('is nothing at first', () => {
    expect(readDigests(undefined).has(part('1.1.1', 'Hi'))).toBe(false);
    expect(readDigests(undefined).hasAnyOf('1.1.1')).toBe(false);
  });

  it('is what was written, and of which messages', () => {
    const known = readDigests(addDigests(NO_DIGESTS, [part('1.1.1', 'Hi'), alone('a file')]));
    expect(known.has(part('1.1.1', 'Hi'))).toBe(true);
    expect(known.has(part('1.1.1', 'Hello'))).toBe(false);
    expect(known.has(alone('a file'))).toBe(true);
    expect(known.has(alone('Hi'))).toBe(false);
    expect([known.hasAnyOf('1.1.1'), known.hasAnyOf('1.1.2')]).toEqual([true, false]);
  });

  it('is the current text of a message: an earlier text is new when it returns', () => {
    const first = addDigests(NO_DIGESTS, [part('1.1.1', 'a'), part('1.1.2', 'x')]);
    const known = readDigests(addDigests(first, [part('1.1.1', 'b')]));
    expect([known.has(part('1.1.1', 'a')), known.has(part('1.1.1', 'b'))]).toEqual([false, true]);
    expect(known.has(part('1.1.2', 'x'))).toBe(true);
  });

  it('is all that a message with files says', () => {
    const known = readDigests(addDigests(NO_DIGESTS, [part('1.1.1', 'text'), part('1.1.1', 'file')]));
    expect([known.has(part('1.1.1', 'text')), known.has(part('1.1.1', 'file'))]).toEqual([true, true]);
  });

  it('is also what version 0.1.0 wrote, until it is known by a new name', () => {
    const former = alone('Hi').digest + alone('Ho').digest;
    const known = readDigests(former);
    expect(known.has({ ...alone('Hi'), of: '1.1.1' })).toBe(true);
    expect(known.hasAnyOf('1.1.1')).toBe(false);
    const renamed = addDigests(former, [part('1.1.1', 'Hi')], [alone('Hi').digest]);
    expect(readDigests(renamed).has(part('1.1.1', 'Hi'))).toBe(true);
    expect([readDigests(renamed).has(alone('Hi')), readDigests(renamed).has(alone('Ho'))]).toEqual([false, true]);
  });

  it('has each part that was written last of its message, whatever else was written', () => {
    const anyPart = fc.tuple(fc.option(fc.nat(6), { nil: undefined }), fc.nat(3));
    fc.assert(
      fc.property(fc.array(fc.array(anyPart, { maxLength: 6 }), { maxLength: 6 }), (versions) => {
        const last = new Map<string, Set<string>>();
        const alone = new Set<string>();
        let written = addDigests(NO_DIGESTS, []);
        for (const version of versions) {
          const parts = version.map(([of, said]) =>
            of === undefined ? { digest: digestOf(`${said}`) } : part(`m${of}`, `${said}`),
          );
          written = addDigests(written, parts);
          for (const { of, digest } of parts) of === undefined ? alone.add(digest) : last.set(of, new Set());
          for (const { of, digest } of parts) last.get(of ?? '')?.add(digest);
        }
        const known = readDigests(written);
        for (const digest of alone) expect(known.has({ digest })).toBe(true);
        for (const name of ['m0', 'm1', 'm2', 'm3', 'm4', 'm5', 'm6']) {
          expect(known.hasAnyOf(name)).toBe(last.has(name));
          for (const said of ['0', '1', '2', '3'])
            expect(known.has(part(name, said))).toBe(last.get(name)?.has(part(name, said).digest) ?? false);
        }
      }),
    );
  });

  it('stays below three quarters of an item of DynamoDB, whatever is written, and forgets the oldest', () => {
    const parts = (version: number, count: number) =>
      Array.from({ length: count }, (_, n) => part(`${version}.${n}`, 'x'));
    let written = addDigests(NO_DIGESTS, [...parts(1, 40_000), alone('a file')]);
    expect(readDigests(written).has(alone('a file'))).toBe(true);
    for (const version of [2, 3]) written = addDigests(written, parts(version, 40_000));
    expect(written).toHaveLength(MOST_RECORDS * RECORD_BYTES);
    expect(MOST_RECORDS * RECORD_BYTES).toBeLessThan((400 * 1_024 * 3) / 4);
    const known = readDigests(written);
    expect(parts(3, 40_000).every(known.has)).toBe(true);
    expect(known.has(part('1.0', 'x'))).toBe(false);
    expect(known.has(part('2.39999', 'x'))).toBe(true);
  });
});
