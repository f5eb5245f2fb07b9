import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { filenameOf, safeName } from '../../../shared/media/filename.ts';
import { anyText } from '../../support/any-conversations.ts';

describe("a file's name", () => {
  it.each([
    { title: 'of the header', disposition: 'attachment; filename="order.pdf"', expected: 'order.pdf' },
    { title: 'without quotes', disposition: 'attachment; filename=order.pdf', expected: 'order.pdf' },
    {
      title: 'of the extended form first',
      disposition: `attachment; filename="x.pdf"; filename*=UTF-8''m%C3%B6bel%20x.pdf`,
      expected: 'möbel x.pdf',
    },
    { title: 'without folders', disposition: 'attachment; filename="../../etc/passwd"', expected: 'passwd' },
    { title: 'without folders of Windows', disposition: 'attachment; filename="C:\\x\\y.txt"', expected: 'y.txt' },
    { title: 'of the URL where the header has none', disposition: 'inline', expected: 'photo one.jpg' },
    {
      title: 'of the URL where the header is broken',
      disposition: `x; filename*=UTF-8''%E0%A4%A`,
      expected: 'photo one.jpg',
    },
    { title: 'of the URL without a header', disposition: null, expected: 'photo one.jpg' },
  ])('is that $title', ({ disposition, expected }) =>
    expect(filenameOf('File', { disposition, url: new URL('https://userlike.com/a/photo%20one.jpg?x=y.z') })).toBe(
      expected,
    ),
  );

  it.each([
    {
      title: 'the header, before the message',
      given: 'a.pdf',
      disposition: 'inline; filename="b.pdf"',
      expected: 'b.pdf',
    },
    {
      title: 'the message, before an address of numbers',
      given: 'a.pdf',
      path: 'download/8982.12509',
      expected: 'a.pdf',
    },
    { title: 'the address, where the message gives no extension', given: 'File', path: 'b.pdf', expected: 'b.pdf' },
    { title: 'the message, where nothing has an extension', given: 'Datei', path: 'media/1', expected: 'Datei' },
    { title: 'the address, where the message gives none', given: '', path: 'media/7f3a', expected: '7f3a' },
    { title: 'nobody', given: '..', path: '', expected: 'file' },
  ])('comes from $title', ({ given, disposition = null, path = '', expected }) => {
    expect(filenameOf(given, { disposition, url: new URL(`https://userlike.com/${path}`) })).toBe(expected);
  });

  it('is the one of its message where nothing else is known', () => {
    expect(filenameOf('C:\\x\\contract.pdf', {})).toBe('contract.pdf');
  });

  it('keeps its extension where it is too long', () => {
    expect(safeName(`${'x'.repeat(500)}.jpeg`)).toMatch(/^x{115}\.jpeg$/);
  });

  it('is never a folder, empty, or longer than 120 characters', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const name = safeName(text);
        expect(name ?? 'x').toMatch(/^(?!\.*$)[^/\\\p{Cc}]{1,120}$/u);
        expect(name ?? 'x').not.toMatch(/[\s.]$/);
        expect((name ?? '').isWellFormed()).toBe(true);
      }),
    );
  });

  it.each([
    { name: 'a\u202egpj.exe', safe: 'a gpj.exe' },
    { name: 'x.exe. .', safe: 'x.exe' },
    { name: 'x.exe\u3164\u2800', safe: 'x.exe' },
    { name: 'x.pdf:ads', safe: 'x.pdf ads' },
    { name: 'nul.txt', safe: '_nul.txt' },
    { name: 'Null.txt', safe: 'Null.txt' },
    { name: `${'x'.repeat(115)}😀.pdf`, safe: `${'x'.repeat(115)}.pdf` },
    { name: '\u200b.', safe: undefined },
  ])('is safe anywhere: $name', ({ name, safe }) => {
    expect(safeName(name)).toBe(safe);
  });
});
