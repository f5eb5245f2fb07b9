import { describe, expect, it } from '@jest/globals';
import { transcriptLines } from '../../../shared/notes/transcript.ts';
import { Message } from '../../../shared/userlike/conversation.ts';
import { aMessage } from '../../support/conversations.ts';

describe('the id of a line', () => {
  const idsOf = (...messages: Record<string, unknown>[]) =>
    transcriptLines(
      messages.map((message) => Message.parse(aMessage(message))),
      { timeZone: 'Europe/Berlin', includeNotifications: true },
    ).map(({ id }) => id);

  it("is the message's own, up to 64 characters", () => {
    const ids = ['m-1', 'x'.repeat(64)];
    expect(idsOf(...ids.map((id) => ({ id })))).toEqual(ids);
  });

  it('stays what it is from one version of this software to the next, for the ledger remembers it', () => {
    const file = { url: 'https://files.example.org/a', attachments: ['https://files.example.org/b'] };
    expect(idsOf({ id: null, ...file }, { id: null }, { id: null }, { id: 'x'.repeat(65) })).toEqual([
      'd2eogj1lMNq4Zs2zAHKAeO9X-jtJVzqHTp8tU6xDMLc-1',
      'ElEzLrPB1FLJtlb1NZovMrMm-4DIA7n595USZxr916o',
      'IdtOP-pDsEL7b5UQXEuTJMLy3FztZ_gEhVfTfp4FVcI-1',
      'IdtOP-pDsEL7b5UQXEuTJMLy3FztZ_gEhVfTfp4FVcI-2',
      'z6cOjkmIM2JIwpo1F4ggXEv2mqZniKJ2JJ-tJACg9rE-1',
    ]);
  });

  it("of a further file follows from the message and the file's place in it, not from its address", () => {
    const attachments = (key: number) => ['a', 'b'].map((name) => `https://files.example.org/${name}?sig=${key}`);
    expect(idsOf({ id: '1.1.1', attachments: attachments(2) })).toEqual(
      idsOf({ id: '1.1.1', attachments: attachments(1) }),
    );
    const [, second] = idsOf({ id: '1.1.1', attachments: attachments(1) });
    expect(idsOf({ id: '1.1.2', attachments: attachments(1) })).not.toContain(second);
  });

  it('of a message that has none does not follow from how its file is signed', () => {
    const url = 'https://files.example.org/a';
    const ids = [`${url}?Signature=1`, `${url}?Signature=2`, url].map((url) => idsOf({ id: null, url }));
    expect(new Set(ids.flat()).size).toBe(1);
    expect(idsOf({ id: null, url: 'https://files.example.org/b' })).not.toEqual(ids[0]);
  });

  it('stands for a message that has none, and is the same when it is sent again', () => {
    const [first, second] = idsOf({ id: null }, { id: null, body: 'another' });
    expect(first).not.toBe(second);
    expect(idsOf({ id: null, body: 'another' }, { id: null })).toEqual([second, first]);
  });

  it('numbers equal messages', () => {
    expect(new Set(idsOf({ id: null }, { id: null }, { id: null })).size).toBe(3);
  });

  it('has 64 characters at most', () => {
    for (const id of idsOf({ id: 'x'.repeat(1_000) }, { id: null })) expect(id.length).toBeLessThanOrEqual(64);
  });
});
