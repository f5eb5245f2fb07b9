import { expect, it } from '@jest/globals';
import { conversationLink } from '../../../shared/mapping/conversation-link.ts';
import { conversationOf, settingsOf } from '../../support/mapping/builders.ts';

it('The link to a conversation holds its id and the language wherever the template names them.', () => {
  const links = { conversation: 'https://example.org/{language}/{id}/{other}?conversation={id}' };
  expect(conversationLink(conversationOf(), settingsOf({ links }), 'pt-BR')).toBe(
    'https://example.org/pt/63741936/{other}?conversation=63741936',
  );
});

it("The link to a conversation opens Userlike's message center by default.", () => {
  expect(conversationLink(conversationOf(), settingsOf(), 'en')).toBe(
    'https://userlike.com/en/umc#/conversation/63741936',
  );
});
