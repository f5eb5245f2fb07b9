import { describe, expect, it } from '@jest/globals';
import { transcriptLines } from '../../../shared/notes/transcript.ts';
import type { Language } from '../../../shared/notes/translations/language.ts';
import { Message } from '../../../shared/userlike/conversation.ts';
import { aMessage } from '../../support/conversations.ts';

function linesOf(overrides: Record<string, unknown>, language: Language = 'en') {
  return transcriptLines([Message.parse(aMessage({ id: '1.1.1', body: null, ...overrides }))], {
    timeZone: 'Europe/Berlin',
    includeNotifications: true,
    language,
  });
}

const url = 'https://files.example.org/a/contract.pdf';

describe('a file', () => {
  it('has a line with name and URL, and can be imported', () => {
    expect(linesOf({ url })).toEqual([
      {
        id: '1.1.1',
        message: '1.1.1',
        content: '(file)',
        legacy: { id: '1.1.1', content: `File: ${url}` },
        nameEnd: '[2024-02-22 16:49:07] Contact'.length,
        text: `[2024-02-22 16:49:07] Contact: File contract.pdf: ${url}`,
        media: { id: '1.1.1', url, name: 'contract.pdf' },
      },
    ]);
  });

  it.each([
    ['https://files.example.org/a/Vertrag%20M%C3%A4rz.pdf?token=a/b.png#c/d.png', 'Vertrag März.pdf'],
    ['https://files.example.org/a/50%.pdf', '50%.pdf'],
    ['https://files.example.org/download/7f3a/', '7f3a'],
    ['https://files.example.org/a/..%2F..%5Cpasswd', 'passwd'],
    ['https://files.example.org/a/one%0Atwo.pdf', 'one two.pdf'],
    ['/api/um/media/download/contract.pdf', 'contract.pdf'],
    ['//files.example.org/contract.pdf', 'contract.pdf'],
    ['https://files.example.org/', 'File'],
    ['https://files.example.org', 'File'],
    ['https://files.example.org?name=contract.pdf', 'File'],
    ['s3+eu-1.x://bucket/contract.pdf', 'contract.pdf'],
    ['/api/a//b:c/contract.pdf', 'contract.pdf'],
    ['contract:2.pdf', '2.pdf'],
    ['/a:b', 'a:b'],
    ['a//b', 'b'],
  ])('of %s is called %s', (url, name) => {
    expect(linesOf({ url })).toMatchObject([{ media: { url, name } }]);
  });

  it('without any name is called a file, in the language of the notes', () => {
    const url = 'https://files.example.org/';
    expect(linesOf({ url }, 'de')).toMatchObject([
      { text: `[2024-02-22 16:49:07] Kontakt: Datei: ${url}`, media: { name: 'Datei' } },
    ]);
  });

  it.each([
    ['its name', 'contract.pdf', 'https://files.example.org/7f3a', 'contract.pdf'],
    ['its address', url, url, 'contract.pdf'],
    ['its address, with blanks', ` ${url}\n`, url, 'contract.pdf'],
  ])('is shown once if %s is the message text', (_title, body, url, name) => {
    expect(linesOf({ body, url })).toMatchObject([
      { text: `[2024-02-22 16:49:07] Contact: File ${name}: ${url}`, media: { name } },
    ]);
  });

  it.each(['See page 2.', 'the contract.pdf', 'docs/contract.pdf', `Is ${url} right?`])(
    'follows what was said: %s',
    (body) => {
      expect(linesOf({ body, url })).toMatchObject([
        { text: `[2024-02-22 16:49:07] Contact: ${body}\nFile contract.pdf: ${url}` },
      ]);
    },
  );

  it.each([
    ['contract.pdf', 'contract.pdf'],
    [' contract.pdf\n', 'contract.pdf'],
    ['Vertrag.März.7Z', 'Vertrag.März.7Z'],
    [`${'x'.repeat(202)}.pdf`, `${'x'.repeat(202)}.pdf`],
    [`${'x'.repeat(203)}.pdf`, 'File'],
    ['.pdf', 'File'],
    ['contract.', 'File'],
    ['contract.p_f', 'File'],
    ['contract._pdf', 'File'],
    ['contract.pdf!', 'File'],
    ['contract.backup', 'File'],
    ['a\\contract.pdf', 'File'],
  ])('whose address has no name has that of what was said, where it is one: %j gives %j', (body, name) => {
    expect(linesOf({ body, url: 'https://files.example.org/' })).toMatchObject([{ media: { name } }]);
  });

  it('is not shown for a deleted message', () => {
    const [line, ...others] = linesOf({ url, attachments: [{ url: `${url}2` }], is_deleted: true });
    expect(line?.text).toMatch(/: \(message deleted\)$/);
    expect(line).not.toHaveProperty('media');
    expect(others).toEqual([]);
  });

  it('has the name that the message gives, before all others', () => {
    const named = { url, file_name: 'Contract\n2.pdf', body: 'other.pdf' };
    expect(linesOf(named)).toMatchObject([{ media: { name: 'Contract 2.pdf' } }]);
    expect(linesOf({ url, attachments: [{ url, name: 'x.pdf' }] })).toMatchObject([{ media: { url, name: 'x.pdf' } }]);
  });
});

describe('files in a form that is not documented', () => {
  it.each([
    ['a list of objects', { attachments: [{ url, filename: 'a.pdf' }] }, 'a.pdf'],
    ['an object', { attachment: { href: url, name: 'a.pdf' } }, 'a.pdf'],
    ['an object with a title', { media: { link: url, title: 'a.pdf' } }, 'a.pdf'],
    ['an object with a file name', { file: { download_url: url, file_name: 'a.pdf', name: 'b.pdf' } }, 'a.pdf'],
    ['a name of the message', { url, filename: 'a.pdf' }, 'a.pdf'],
    ['an address', { file: url }, 'contract.pdf'],
    ['a list of addresses', { files: [url] }, 'contract.pdf'],
  ])('are shown: %s', (_title, overrides, name) => {
    expect(linesOf(overrides)).toMatchObject([{ id: '1.1.1', media: { id: '1.1.1', url, name } }]);
  });

  it.each([
    ['nothing', { attachments: null, file: false, media: 5, files: [[], {}, null, ''] }],
    ['a word', { media: 'image', file: 'contract.pdf' }],
    ['more than an address', { file: `see ${url}`, media: `${url} and more` }],
    ['an address that is no text', { attachments: [{ url: 5 }, { url: ' ' }] }],
  ])('are none where there is %s', (_title, overrides) => {
    const lines = linesOf({ ...overrides, body: 'Hi' });
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toHaveProperty('media');
  });

  it('each have a line and an id, and none is repeated', () => {
    const attachments = ['a', 'b', 'a'].map((name) => ({ url: `https://files.example.org/${name}.png` }));
    const lines = linesOf({ body: 'Look', url: 'https://files.example.org/a.png', attachments });
    expect(lines.map(({ text }) => text)).toEqual([
      '[2024-02-22 16:49:07] Contact: Look\nFile a.png: https://files.example.org/a.png',
      '[2024-02-22 16:49:07] Contact: File b.png: https://files.example.org/b.png',
    ]);
    expect(lines.map(({ content }) => content)).toEqual(['Look\n(file)', '(file)']);
    expect(lines.map(({ id, media }) => id === media?.id)).toEqual([true, true]);
    expect(new Set(lines.map(({ id }) => id)).size).toBe(2);
    for (const { id } of lines) expect(id.length).toBeLessThanOrEqual(64);
  });
});
