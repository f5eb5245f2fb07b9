import { describe, expect, it } from '@jest/globals';
import { type TranscriptOptions, transcriptLines } from '../../../../shared/notes/transcript.ts';
import { Message } from '../../../../shared/userlike/conversation.ts';
import { aMessage } from '../../../support/conversations.ts';

function linesOf(fields: Record<string, unknown>, options: Partial<TranscriptOptions> = {}) {
  return transcriptLines([Message.parse(aMessage({ body: null, ...fields }))], {
    timeZone: 'UTC',
    includeNotifications: true,
    ...options,
  });
}
function saidIn(fields: Record<string, unknown>) {
  return linesOf(fields).map(({ text }) => text.replace('[2024-02-22 15:49:07] Contact: ', ''));
}

const url = 'https://files.example.org/a.png';

describe('a message without a text', () => {
  it.each([
    { holds: 'a place', fields: { location: { latitude: 59.33, longitude: 18.06 } }, said: '(location) 59.33, 18.06' },
    {
      holds: 'a place with a name',
      fields: { type: 'location', location: { lat: 59.33, lng: 18.06, name: 'Main square', address: 'Street 1' } },
      said: '(location) Main square, Street 1, 59.33, 18.06',
    },
    {
      holds: 'a place in its own fields',
      fields: { type: 'location', latitude: '59.33', longitude: '18.06' },
      said: '(location) 59.33, 18.06',
    },
    {
      holds: 'a contact card',
      fields: { contacts: [{ name: { formatted_name: 'Bo Example' }, phones: [{ phone: '+46 70 000 00 00' }] }] },
      said: '(contact card) Bo Example (+46 70 000 00 00)',
    },
    {
      holds: 'the choice of a button',
      fields: { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: 'yes', title: 'Yes' } } },
      said: '(choice) Yes',
    },
    {
      holds: 'a contact card with parts of a name',
      fields: { contact_card: { name: { formatted_name: 'Bo Example', first_name: 'Bo' }, org: { company: 'Acme' } } },
      said: '(contact card) Bo Example (Acme)',
    },
    {
      holds: 'an order',
      fields: { type: 'order', order: { items: [{ quantity: 2 }] } },
      said: '(order) items: quantity: 2',
    },
    { holds: 'an object as text', fields: { text: { body: 'Hello' } }, said: 'Hello' },
    { holds: 'a list as content', fields: { content: ['a', { text: 'b' }] }, said: 'a; b' },
    {
      holds: 'a place among attachments',
      fields: { attachments: [{ type: 'location', payload: { coordinates: { lat: 1, long: 2 } } }] },
      said: '(location) 1, 2',
    },
    { holds: 'a reply to a story', fields: { story: { id: 1, url } }, said: `(story) ${url}` },
    { holds: 'a reaction', fields: { reaction: { emoji: '👍', message_id: '1.1.1' } }, said: '(reaction) 👍' },
    {
      holds: 'something nobody has heard of',
      fields: { type: 'hologram', beam: { colour: 'red', shape: 'cube' }, hologram_id: 5 },
      said: '(beam) colour: red, shape: cube',
    },
    { holds: 'fields nobody has heard of', fields: { type: 'poll_vote', vote: 3 }, said: '(poll vote) vote: 3' },
    { holds: 'an unknown type alone', fields: { type: 'ephemeral' }, said: '(ephemeral)' },
    { holds: 'what happened', fields: { event: 'call_missed' }, said: '(call_missed)' },
    { holds: 'a caption', fields: { caption: 'Look' }, said: 'Look' },
    {
      holds: 'nothing',
      fields: { location: null, contacts: [], marked_read_contact: true, retry_count: 3 },
      said: '(no text)',
    },
  ])('shows $holds', ({ fields, said }) => {
    expect(saidIn(fields)).toEqual([said]);
  });

  it.each([
    { attachments: [{ type: 'image', payload: { url } }] },
    { attachment: { image: { data: { link: url } } } },
    { image: { link: url, thumbnail: { url: `${url}?small` } } },
    { video: url },
    { documents: [{ file: { href: url } }] },
  ])('holds a file, however deep: %j', (fields) => {
    expect(linesOf(fields)).toMatchObject([{ media: { url } }]);
  });
});

describe('a message with a text', () => {
  it('is shown with its place', () => {
    expect(saidIn({ body: 'I am here', location: { lat: 1, lon: 2 } })).toEqual(['I am here\n(location) 1, 2']);
  });

  it('stays the same if Userlike adds properties', () => {
    const said = (fields: Record<string, unknown>) => linesOf({ body: 'Hi', ...fields }).map(({ content }) => content);
    expect(said({ sentiment: 'good', retry_count: 2, state: { type: 4 }, context: { a: 1 } })).toEqual(said({}));
  });
});

describe('the content of a message', () => {
  it.each([
    {
      title: 'its send failed',
      fields: { state: { type: 3, error_code: 131_047 } },
      speaker: 'Contact (not delivered)',
    },
    { title: 'it was edited', fields: { edited_at: '2024-02-22T15:50:00Z' }, speaker: 'Contact (edited)' },
    { title: 'it says that it was edited', fields: { is_edited: 'true' }, speaker: 'Contact (edited)' },
    {
      title: 'a bot edited what was never sent',
      fields: { operator_is_bot: '1', name: 'Robo', edited: true, state: { error_code: 'E1' } },
      speaker: 'Robo (bot, edited, not delivered)',
    },
    { title: 'nothing of the kind', fields: { state: { error_code: 0 }, edited_at: null }, speaker: 'Contact' },
    { title: 'its state is a word', fields: { state: 'read' }, speaker: 'Contact' },
  ])('is that $title', ({ fields, speaker }) => {
    expect(linesOf({ body: 'Hi', ...fields }).map(({ text }) => text)).toEqual([
      `[2024-02-22 15:49:07] ${speaker}: Hi`,
    ]);
  });

  it('is only that it was deleted, where it was', () => {
    const fields = { body: 'Hi', deleted: true, edited: true, state: { error_code: 5 }, location: { lat: 1, lon: 2 } };
    expect(saidIn(fields)).toEqual(['(message deleted)']);
  });
});

it('is not shown for an attachment with only ids and counters', () => {
  expect(saidIn({ body: 'Hi', attachments: [{ id: 7, view_count: 3 }, null, 'x'] })).toEqual(['Hi']);
});

describe('a file', () => {
  const signed = (key: number) => ({
    body: `See [it](${url}?Signature=${key})`,
    url: `${url}?Expires=${key}&Signature=${key}`,
    attachments: [{ url: `https://files.example.org/b.png?X-Amz-Signature=${key}`, name: 'b.png' }],
    state: { type: key },
    marked_read_contact: key === 1,
  });

  it('is the same however its address is signed', () => {
    const known = (key: number) =>
      linesOf(signed(key)).map(({ id, content, media }) => ({ id, content, file: media?.id }));
    expect(known(2)).toEqual(known(1));
  });

  it('of the same path and another parameter is another file', () => {
    const attachments = ['a', 'b'].map((file) => ({ url: `${url}?f=${file}&sig=1` }));
    expect(linesOf({ attachments })).toHaveLength(2);
    expect(linesOf({ url: `${url}?f=a&sig=2`, attachments })).toHaveLength(2);
    expect(linesOf({ url: `${url}?f=c`, attachments })).toHaveLength(3);
  });

  it('is known by what version 0.1.0 called it', () => {
    const attachments = [`${url}?sig=1`, 'https://files.example.org/b.png?sig=1'].map((url) => ({ url }));
    expect(linesOf({ id: '1.1.1', body: 'Hi', attachments })).toMatchObject([
      { content: 'Hi\n(file)', legacy: { id: '1.1.1', content: `Hi\nFile: ${url}?sig=1` } },
      {
        legacy: {
          id: 'lM6FMRm4aYH2XlR_gqhJFDSXUturEoz5crENhhI6k0w-1',
          content: 'File: https://files.example.org/b.png?sig=1',
        },
        media: { legacyId: 'lM6FMRm4aYH2XlR_gqhJFDSXUturEoz5crENhhI6k0w-1' },
      },
    ]);
  });
});
