import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { namesIn } from '../../../shared/media/content-disposition.ts';
import { anyText } from '../../support/any-conversations.ts';

/** As `fetch` gives a header's bytes. */
function bytesOf(text: string): string {
  return Buffer.from(text).toString('latin1');
}

it.each([
  { title: 'a token', header: 'attachment; filename=order.pdf', name: 'order.pdf' },
  { title: 'quotes', header: 'attachment; filename="my order.pdf"', name: 'my order.pdf' },
  { title: 'escapes', header: String.raw`attachment; filename="a \"b\" \\ c.pdf"`, name: String.raw`a "b" \ c.pdf` },
  { title: 'a semicolon in quotes', header: 'attachment; filename="a;b.pdf"', name: 'a;b.pdf' },
  { title: 'other letters of the keyword', header: 'Attachment; FileName="a.pdf"', name: 'a.pdf' },
  { title: 'UTF-8', header: "attachment; filename*=UTF-8''%C3%9Cbersicht.pdf", name: 'Übersicht.pdf' },
  { title: 'Latin-1', header: "attachment; filename*=iso-8859-1'en'%DCbersicht.pdf", name: 'Übersicht.pdf' },
  {
    title: 'another charset',
    header: "attachment; filename*=windows-1251''%CF%F0%E8%E2%E5%F2.pdf",
    name: 'Привет.pdf',
  },
  { title: 'UTF-8 in quotes', header: `;filename*="UTF-8''%C3%9C.pdf"`, name: 'Ü.pdf' },
  { title: 'an empty charset', header: "x; filename*=''%C3%9C.pdf", name: 'Ü.pdf' },
  { title: 'no language', header: "x; filename*=utf-8'%C3%9C.pdf", name: 'Ü.pdf' },
  { title: 'an apostrophe and no charset', header: "x; filename*=it's.pdf", name: "it's.pdf" },
  { title: 'single quotes', header: "x; filename='my plan.pdf'", name: 'my plan.pdf' },
  { title: 'no charset', header: 'attachment; filename*=%C3%9C.pdf', name: 'Ü.pdf' },
  { title: 'the extended form first', header: `x; filename="x.pdf"; filename*=UTF-8''y.pdf`, name: 'y.pdf' },
  {
    title: 'the plain form where the other is broken',
    header: `x; filename*=UTF-8''%E0%A4; filename=x.pdf`,
    name: 'x.pdf',
  },
  {
    title: 'the plain form where nobody knows the charset',
    header: `x; filename*=moon''x; filename=x.pdf`,
    name: 'x.pdf',
  },
  { title: 'raw UTF-8', header: bytesOf('attachment; filename="Übersicht Mai.pdf"'), name: 'Übersicht Mai.pdf' },
  { title: 'raw Latin-1', header: 'attachment; filename="Übersicht Mai.pdf"', name: 'Übersicht Mai.pdf' },
  { title: 'raw quotes of Windows', header: 'attachment; filename="\x93Mai\x94.pdf"', name: '“Mai”.pdf' },
  { title: 'blanks without quotes', header: 'attachment; filename=my holiday plan.pdf', name: 'my holiday plan.pdf' },
  { title: 'a quote that is never closed', header: 'attachment; filename="my plan.pdf', name: 'my plan.pdf' },
  { title: 'no type', header: 'filename="a.pdf"', name: 'a.pdf' },
  { title: 'percent signs', header: 'attachment; filename="my%20plan%20%C3%9C.pdf"', name: 'my plan Ü.pdf' },
  { title: 'percent signs that stand for themselves', header: 'attachment; filename="100%.pdf"', name: '100%.pdf' },
  { title: 'percent signs that are no text', header: 'attachment; filename="50%ff.pdf"', name: '50%ff.pdf' },
  {
    title: 'a word of base64',
    header: 'attachment; filename="=?UTF-8?B?w5xiZXJzaWNodC5wZGY=?="',
    name: 'Übersicht.pdf',
  },
  {
    title: 'a quoted-printable word',
    header: 'attachment; filename="=?iso-8859-1?Q?=DCber_uns.pdf?="',
    name: 'Über uns.pdf',
  },
  { title: 'several words', header: 'x; filename="=?utf-8?q?a=20b?= =?utf-8*en?q?c.pdf?="', name: 'a bc.pdf' },
  { title: 'a word of an unknown charset', header: 'x; filename="=?moon?q?a?="', name: '=?moon?q?a?=' },
  {
    title: 'a path of Windows',
    header: String.raw`x; filename="C:\temp\my plan.pdf"`,
    name: String.raw`C:\temp\my plan.pdf`,
  },
  { title: 'continuations', header: 'x; filename*0="my "; filename*1="plan.pdf"', name: 'my plan.pdf' },
  {
    title: 'encoded continuations',
    header: `x; filename*1="100%"; filename*0*=UTF-8''%C3%9Cber; filename*2*=%20uns.pdf`,
    name: 'Über100% uns.pdf',
  },
])('$title', ({ header, name }) => {
  expect(namesIn(header)[0]).toBe(name);
});

it.each(['', 'inline', 'attachment; name="x"', 'filename', ';;=;'])('"%s" contains no name', (header) => {
  expect(namesIn(header)).toEqual([]);
});

it('any header gives texts in linear time', () => {
  const parts = [
    'filename',
    '*',
    '0',
    '=',
    '"',
    "'",
    ';',
    ' ',
    '\\',
    '%C3',
    '=?utf-8?b?',
    '?=',
    'UTF-8',
    'ü',
    '\u20ac',
  ];
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...parts), anyText)), (texts) => {
      for (const name of namesIn(texts.join(''))) expect(typeof name).toBe('string');
    }),
  );
  for (const part of [...parts, '; filename*1=a', '?= =?', '"\\"']) {
    expect(namesIn(`attachment; filename=${part.repeat(100_000)}`).length).toBeLessThanOrEqual(2);
  }
});
