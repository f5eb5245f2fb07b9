import { describe, expect, it } from '@jest/globals';
import { RatingScale } from '../../../../shared/mapping/settings/rating.ts';
import { PropertySource } from '../../../../shared/mapping/settings/source.ts';
import { readSource } from '../../../../shared/mapping/values/source.ts';
import { conversationOf } from '../../../support/mapping/builders.ts';

const contact = (second: number, body = 'A question?') => said(second, { body, sender: { type: 'contact' } });
const operator = (second: number) =>
  said(second, { body: 'An answer.', operator_id: 7, operator_name: 'Peter', sender: { type: 'operator' } });
const bot = (second: number) => said(second, { body: 'Beep.', operator_is_bot: true, operator_name: 'Bot' });
const event = (second: number) => said(second, { type: 'notification', event: 'welcome_message', body: 'Welcome!' });

function said(second: number, message: Record<string, unknown>) {
  const sent_at = new Date(Date.UTC(2024, 1, 22, 15, 0, second)).toISOString();
  return { id: `1.1.${second}`, type: 'message', sent_at, ...message };
}

function read(path: string, conversation: Record<string, unknown>, rating: unknown = {}): unknown {
  const options = { timeZone: 'UTC', rating: RatingScale.parse(rating) };
  const whole = { rate: null, ended_at: null, status: 'open', interaction_type: null, last_message: null };
  return readSource(PropertySource.parse({ path }), conversationOf({ ...whole, ...conversation }), options);
}

describe('a computed field', () => {
  it.each([
    { path: 'first_question', transcript: [event(0), contact(1, 'One?'), contact(2, 'Two?')], value: 'One?' },
    { path: 'last_question', transcript: [contact(1, 'One?'), contact(2, 'Two?'), operator(3)], value: 'Two?' },
    { path: 'last_question', transcript: [operator(3)], value: undefined },
    { path: 'seconds_to_first_answer', transcript: [contact(1), contact(5), operator(31), operator(60)], value: 30 },
    { path: 'seconds_to_first_answer', transcript: [operator(0), contact(1), bot(2), operator(11)], value: 10 },
    { path: 'seconds_to_first_answer', transcript: [operator(0), contact(1)], value: undefined },
    { path: 'seconds_to_first_answer', transcript: [operator(0)], value: undefined },
    { path: 'duration_seconds', transcript: [event(0), bot(10), contact(20), operator(70)], value: 60 },
    { path: 'duration_seconds', transcript: [contact(20)], value: 0 },
    { path: 'duration_seconds', transcript: [], value: undefined },
    { path: 'contact_messages', transcript: [event(0), contact(1), contact(2), operator(3)], value: 2 },
    { path: 'operator_messages', transcript: [contact(1), bot(2), operator(3)], value: 1 },
    { path: 'bot_messages', transcript: [contact(1), operator(3)], value: 0 },
  ])('$path is $value for $transcript.length messages', ({ path, transcript, value }) => {
    expect(read(path, { transcript })).toBe(value);
  });

  it.each([
    { title: 'a time of its end', fields: { ended_at: '2024-02-22T16:00:00Z' }, value: true },
    { title: 'the status ended', fields: { status: 'Ended' }, value: true },
    { title: 'the status closed', fields: { status: 'closed' }, value: true },
    { title: 'another status', fields: { status: 'open', ended_at: '' }, value: false },
  ])('is_ended is $value with $title', ({ fields, value }) => {
    expect(read('is_ended', fields)).toBe(value);
  });

  it.each([
    { title: 'a bot alone', fields: { transcript: [contact(1), bot(2)] }, value: true },
    { title: 'a bot and an operator', fields: { transcript: [bot(1), operator(2)] }, value: false },
    { title: 'no answer, of the type bot', fields: { transcript: [contact(1)], interaction_type: 'bot' }, value: true },
    { title: 'no answer', fields: { transcript: [contact(1)] }, value: false },
  ])('is_bot_handled is $value for $title', ({ fields, value }) => {
    expect(read('is_bot_handled', fields)).toBe(value);
  });

  it.each([
    { rate: 4, scale: {}, value: 4 },
    { rate: '4', scale: { lowest: 0, highest: 1, decimals: 2 }, value: 0.75 },
    { rate: 4, scale: { lowest: 1, highest: 10 }, value: 8 },
    { rate: 1, scale: { lowest: 6, highest: 1 }, value: 6 },
    { rate: 0, scale: {}, value: undefined },
    { rate: 6, scale: {}, value: undefined },
    { rate: 'good', scale: {}, value: undefined },
    { rate: null, scale: {}, value: undefined },
  ])('rating is $value for $rate on the scale $scale', ({ rate, scale, value }) => {
    expect(read('rating', { rate }, scale)).toBe(value);
  });

  it('can be used in a template', () => {
    const source = PropertySource.parse({ template: '{{ contact_messages }} of {{ transcript.size }}' });
    const conversation = conversationOf({ transcript: [contact(1), operator(2)], last_message: null });
    expect(readSource(source, conversation, { timeZone: 'UTC' })).toBe('1 of 2');
  });
});

it('a scale of ratings with one value is refused', () => {
  expect(RatingScale.safeParse({ lowest: 5 }).error?.issues).toMatchObject([{ path: ['highest'] }]);
});
