import { expect, it } from '@jest/globals';
import { channelOf } from '../../../../shared/notes/translations/channels.ts';

it.each([
  { code: 'web', channel: 'website' },
  { code: 'website_messenger', channel: 'website' },
  { code: 'WhatsApp', channel: 'whatsapp' },
  { code: 'facebook-messenger', channel: 'facebook' },
  { code: 'e-mail', channel: 'email' },
  { code: 'custom', channel: 'custom' },
  { code: 'pigeon', channel: undefined },
  { code: 'constructor', channel: undefined },
  { code: '', channel: undefined },
])('the code "$code" is the channel $channel', ({ code, channel }) => {
  expect(channelOf(code)).toBe(channel);
});
