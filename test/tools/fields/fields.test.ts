import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { catalogue, fieldAt } from '../../../cli/fields/catalogue.ts';
import { parseAddonCall } from '../../../shared/userlike/addon-call.ts';
import { topicsOf } from '../../../shared/userlike/conversation.ts';
import { filesOf } from '../../../shared/userlike/messages/files.ts';
import { messagesOf } from '../../../shared/userlike/messages/messages-of.ts';
import { sideOf } from '../../../shared/userlike/messages/sender.ts';
import { fieldsPage } from '../../../tools/fields/page.ts';
import { samples } from '../../../tools/fields/samples.ts';
import { project, readText } from '../../docs/pages.ts';

const names = Object.keys(samples());

describe("the page of Userlike's fields", () => {
  it('is what the catalogue gives: npm run fields', () => {
    expect(readText('docs/userlike-fields.md')).toBe(fieldsPage());
  });

  it('has every field once, those of the last message with those of the others', () => {
    const told = [...fieldsPage().matchAll(/^\| `([^`]+)` \|/gm)].map(([, path]) => path);
    const wanted = catalogue.map(({ path }) => path).filter((path) => !path.startsWith('last_message.'));
    expect(told.sort()).toEqual(wanted.sort());
  });
});

/** A sample as intake takes it from Userlike. */
function taken(name: string) {
  const call = parseAddonCall(readText(`samples/${name}`), '108905');
  expect(call).toMatchObject({ rejected: [], ignored: [] });
  const [first] = call.conversations;
  if (first === undefined) throw new Error(`${name} holds no conversation`);
  return first.conversation;
}

describe('the sample conversations', () => {
  it('are those of the code, and no other: npm run fields', () => {
    expect(readdirSync(join(project, 'samples')).sort()).toEqual([...names].sort());
    for (const [name, conversation] of Object.entries(samples())) {
      expect(JSON.parse(readText(`samples/${name}`))).toEqual(JSON.parse(JSON.stringify(conversation)));
    }
  });

  it.each(names)('in %s can be sent by Userlike, with known fields only', (name) => {
    const conversation = taken(name);
    const unknown = Object.keys(conversation).filter((key) => fieldAt(key) === undefined);
    expect(unknown).toEqual([]);
  });

  it('have different ids', () => {
    expect(new Set(names.map((name) => taken(name).id)).size).toBe(names.length);
  });

  it('are a chat with a human, one that a bot handed over, one with files, and a contact form', () => {
    const sidesOf = (name: string) => new Set(messagesOf(taken(name)).map(sideOf));
    expect(sidesOf('human-chat.json')).toEqual(new Set(['operator', 'contact', 'system']));
    expect(sidesOf('bot-handover.json')).toEqual(new Set(['bot', 'contact', 'system', 'operator']));
    expect(
      messagesOf(taken('whatsapp-media.json'))
        .flatMap(filesOf)
        .map(({ name }) => name),
    ).toEqual(['lamp.jpg', 'invoice-2026-118.pdf']);
    expect(messagesOf(taken('offline-message.json')).map(({ body }) => body)).toEqual([
      expect.stringMatching(/^Please call me back/),
    ]);
  });

  it('have a rating and surveys, custom fields and several topics', () => {
    expect(taken('rating-and-survey.json')).toMatchObject({ rate: 5, post_survey_option: 'Very satisfied' });
    expect(taken('custom-fields.json')).toMatchObject({ custom: { order: { number: 'A-2001' } } });
    expect(topicsOf(taken('custom-fields.json'))).toEqual(['Returer', 'Support']);
  });
});
