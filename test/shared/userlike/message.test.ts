import { describe, expect, it } from '@jest/globals';
import { Conversation, Message } from '../../../shared/userlike/conversation.ts';
import { withoutDeleted } from '../../../shared/userlike/message.ts';
import { isNotification, sideOf } from '../../../shared/userlike/messages/sender.ts';
import { aConversation, aMessage, anOperator } from '../../support/conversations.ts';

function messageOf(overrides: Record<string, unknown>) {
  return Message.parse(aMessage(overrides));
}

describe('a message', () => {
  it.each([
    { side: 'contact', from: {} },
    { side: 'contact', from: { sender: null } },
    { side: 'contact', from: { ...anOperator, sender: { type: 'contact' } } },
    { side: 'system', from: { sender: { type: 'system' } } },
    { side: 'system', from: { type: 'notification', sender: null } },
    { side: 'operator', from: anOperator },
    { side: 'operator', from: { ...anOperator, type: 'notification' } },
    { side: 'operator', from: { sender: { type: 'operator' } } },
    { side: 'operator', from: { sender: null, operator_id: 180783 } },
    { side: 'operator', from: { sender: null, operator_name: 'Peter' } },
    { side: 'bot', from: { sender: { type: 'bot' } } },
    { side: 'bot', from: { ...anOperator, operator_is_bot: true } },
    { side: 'bot', from: { ...anOperator, operator_is_bot: 1 } },
    { side: 'bot', from: { ...anOperator, operator_is_bot: 'True' } },
    { side: 'bot', from: { operator_is_bot: true } },
    { side: 'bot', from: { is_bot: true, sender: { type: 'client' } } },
    { side: 'bot', from: { sender: { type: 'operator', is_bot: 1 } } },
    { side: 'bot', from: { sender: { type: 'Bot' } } },
    { side: 'bot', from: { sender: { type: 'chatbot' } } },
    { side: 'bot', from: { sender: { type: 'AI_agent' } } },
    { side: 'bot', from: { sender: { type: 'virtual-assistant' } } },
    { side: 'contact', from: { sender: { type: 'CONTACT' } } },
    { side: 'contact', from: { sender: { type: 'client' } } },
    { side: 'contact', from: { sender: { type: 'visitor' } } },
    { side: 'contact', from: { sender: { type: 'Customer' } } },
    { side: 'contact', from: { sender: { type: 'user' } } },
    { side: 'operator', from: { ...anOperator, sender: { type: 'user' } } },
    { side: 'operator', from: { sender: { type: 'Operator' } } },
    { side: 'system', from: { sender: { type: 'System' } } },
    { side: 'system', from: { sender: null, representation: 'system' } },
    { side: 'other', from: { sender: null, representation: 'automated' } },
    { side: 'other', from: { sender: { type: 'hologram' } } },
    { side: 'other', from: { sender: { type: 'automation' } } },
    { side: 'other', from: { ...anOperator, sender: { type: 'agent' } } },
    { side: 'other', from: { sender: { type: 'constructor' } } },
  ])('is from the $side: $from', ({ side, from }) => {
    expect(sideOf(messageOf(from))).toBe(side);
  });

  it.each([
    { is: true, from: { type: 'notification' } },
    { is: true, from: { sender: { type: 'system' } } },
    { is: false, from: {} },
    { is: false, from: anOperator },
    { is: false, from: { sender: null } },
  ])('is $is, from $from', ({ is, from }) => {
    expect(isNotification(messageOf(from))).toBe(is);
  });
});

describe('a conversation without what was deleted', () => {
  const idsIn = (transcript: unknown[]) =>
    withoutDeleted(Conversation.parse(aConversation({ transcript }))).transcript?.map(({ id }) => id);
  const deleted = { is_deleted: true };

  it('has the other messages, in their order', () => {
    expect(idsIn([aMessage({ id: '2' }), aMessage({ id: '3', ...deleted }), aMessage({ id: '1' })])).toEqual([
      '2',
      '1',
    ]);
  });

  it('has no copy of a deleted one', () => {
    expect(idsIn([aMessage({ id: '1' }), aMessage({ id: '1', ...deleted })])).toEqual([]);
    expect(idsIn([aMessage({ id: '1' }), aMessage({ id: null, msgid: '1', ...deleted })])).toEqual([]);
  });

  it('keeps messages without an id beside a deleted one that has none', () => {
    expect(idsIn([aMessage({ id: null }), aMessage({ id: null, ...deleted })])).toEqual([null]);
  });

  it.each([
    { is_deleted: false },
    { is_deleted: null },
    { is_deleted: 0 },
    { is_deleted: 'false' },
    { deleted_at: null },
    { deleted_at: '' },
    { deleted: 'no' },
  ])('has what is not deleted: %j', (fields) => {
    expect(idsIn([aMessage({ id: '1', ...fields })])).toEqual(['1']);
  });

  it.each([
    { is_deleted: true },
    { is_deleted: 1 },
    { is_deleted: '1' },
    { is_deleted: 'True' },
    { deleted: true },
    { deleted_at: '2024-02-22T15:49:07.228Z' },
    { deleted_at: 1708616947 },
  ])('has nothing that is deleted: %j', (fields) => {
    expect(idsIn([aMessage({ id: '1', ...fields })])).toEqual([]);
  });

  it('has no copy of a deleted message in any other list of messages, and no deleted note', () => {
    const conversation = Conversation.parse(
      aConversation({
        transcript: [aMessage({ id: '1', deleted: 1 }), aMessage({ id: '2' })],
        unread_messages_operator: [{ id: '1', body: 'x' }, { id: '2' }],
        notes: [{ text: 'x', is_deleted: 'true' }, { text: 'y' }],
      }),
    );
    expect(withoutDeleted(conversation)).toMatchObject({
      transcript: [{ id: '2' }],
      unread_messages_operator: [{ id: '2' }],
      notes: [{ text: 'y' }],
    });
  });

  it('has no message that its last message alone calls deleted', () => {
    const last_message = { id: '1', deleted_at: '2024-02-22T15:49:07.228Z' };
    const conversation = Conversation.parse(aConversation({ transcript: [aMessage({ id: '1' })], last_message }));
    expect(withoutDeleted(conversation)).toMatchObject({ transcript: [], last_message: null });
  });

  it('has no last message that was deleted, and else all it had', () => {
    const conversation = (last_message: unknown) => Conversation.parse(aConversation({ last_message }));
    expect(withoutDeleted(conversation({ body: 'x', ...deleted }))).toEqual(conversation(null));
    for (const last of [undefined, null, 'x', { body: 'x' }, { body: 'x', is_deleted: false }])
      expect(withoutDeleted(conversation(last))).toEqual(conversation(last));
  });

  it.each([
    { title: 'by its id', last_message: { id: '1', body: 'x' } },
    { title: 'by its msgid', last_message: { msgid: '1', body: 'x' } },
    { title: 'by its mark, whatever its id is', last_message: { id: {}, is_deleted: true } },
  ])('has no copy of a deleted one as its last message, told $title', ({ last_message }) => {
    const transcript = [aMessage({ id: '1', ...deleted }), aMessage({ id: '2' })];
    const conversation = Conversation.parse(aConversation({ transcript, last_message }));
    expect(withoutDeleted(conversation).last_message).toBeNull();
    const other = Conversation.parse(aConversation({ transcript, last_message: { id: '2', body: 'x' } }));
    expect(withoutDeleted(other).last_message).toEqual({ id: '2', body: 'x' });
  });

  it('may have no transcript', () => {
    expect(withoutDeleted(Conversation.parse({ id: 1 }))).toEqual({ id: 1 });
  });
});
