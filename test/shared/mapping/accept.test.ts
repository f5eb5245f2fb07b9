import { describe, expect, it } from '@jest/globals';
import { skipOf, skipRules } from '../../../shared/mapping/accept.ts';
import { Accept } from '../../../shared/mapping/settings/accept.ts';
import { findingsOf, Settings } from '../../../shared/mapping/settings/settings.ts';
import { metrics } from '../../../shared/metrics.ts';
import { aMessage, anOperator } from '../../support/conversations.ts';
import { conversationOf, defaultSettings } from '../../support/mapping/builders.ts';

const bot = { operator_is_bot: true, operator_name: 'Bot', sender: { type: 'operator' } };
const answeredByBot = { transcript: [aMessage(), aMessage({ id: '1.1.2', ...bot })] };
const reasonFor = (accept: unknown, conversation: Record<string, unknown> = {}) =>
  skipOf(conversationOf(conversation), { accept: Accept.parse(accept) })?.reason;

describe('a conversation', () => {
  it('is taken where the settings say nothing', () => {
    expect(skipOf(conversationOf({ transcript: [] }), {})).toBeUndefined();
    expect(reasonFor({}, { transcript: [] })).toBeUndefined();
  });

  it.each([
    { title: 'too few messages', accept: { contactMessages: 2 }, reason: '1 of 2 messages of the contact' },
    { title: 'enough messages', accept: { contactMessages: 1 }, reason: undefined },
    {
      title: 'an event and a deleted message alone',
      accept: { contactMessages: 1 },
      conversation: { transcript: [aMessage({ type: 'notification' }), aMessage({ id: '1.1.2', is_deleted: true })] },
      reason: '0 of 1 messages of the contact',
    },
    {
      title: 'a bot alone',
      accept: { kinds: ['human'] },
      conversation: answeredByBot,
      reason: 'conversations of the kind bot are left out',
    },
    {
      title: 'a bot and an operator',
      accept: { kinds: ['human'] },
      conversation: { transcript: [...answeredByBot.transcript, aMessage({ id: '1.1.3', ...anOperator })] },
      reason: undefined,
    },
    {
      title: 'an operator',
      accept: { kinds: ['bot'] },
      reason: 'conversations of the kind human are left out',
    },
    {
      title: 'another channel',
      accept: { channels: ['web', 'sms'] },
      conversation: { contact_channel: { type: 'whatsapp' } },
      reason: 'only the channels web, sms are taken',
    },
    {
      title: 'the channel in another case',
      accept: { channels: ['web'] },
      conversation: { contact_channel: { type: 'Web ' } },
      reason: undefined,
    },
    { title: 'no known channel', accept: { channels: ['sms'] }, reason: undefined },
    {
      title: 'a topic that is left out, beside another',
      accept: { exceptTopics: ['spam'] },
      conversation: { topics: ['Support', ' Spam'] },
      reason: 'the topic spam is left out',
    },
    { title: 'another topic', accept: { exceptTopics: ['spam'] }, reason: undefined },
    {
      title: 'no end yet',
      accept: { whileOpen: 'skip' },
      conversation: { status: 'open' },
      reason: 'the conversation has not ended',
    },
    { title: 'an end', accept: { whileOpen: 'skip' }, conversation: { status: 'ended' }, reason: undefined },
  ])('with $title is skipped because: $reason', ({ accept, conversation, reason }) => {
    expect(reasonFor(accept, conversation)).toBe(reason);
  });

  it('tells no text of a person in its reason', () => {
    expect(reasonFor({ channels: ['web'] }, { contact_channel: { type: 'ada@example.org' } })).not.toContain('ada');
  });
});

it('the metric has a value for each rule', () => {
  expect(metrics.Skipped.values).toEqual(skipRules);
});

it('a topic that an instance takes cannot be left out', () => {
  const [instance] = defaultSettings.instances;
  const settings = { accept: { exceptTopics: ['support '] }, instances: [{ ...instance, topics: ['Support'] }] };
  const { error } = Settings.safeParse(settings);
  expect(error && findingsOf(error)).toContainEqual({
    path: 'accept.exceptTopics.0',
    message: 'instance 0 takes the topic support, which is left out here',
  });
});
