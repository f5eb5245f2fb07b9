import { normalisePhone } from '../../../shared/mapping/values/phone.ts';
import type { Conversation } from '../../../shared/userlike/conversation.ts';

/**
 * Whether a conversation's contact has this e-mail address, phone number (in any spelling), id or external id. No name:
 * many have the same.
 * @param country whose phone numbers are written without a country's code
 */
export const isContact = (conversation: Conversation, text: string, country: string): boolean => {
  const wanted = textOf(text);
  if (wanted === '') return false;
  const { contact, conversation_contact_uuid, channel_custom_contact_identifier } = conversation;
  const identifiers = [
    contact?.email,
    contact?.id,
    contact?.external_customer_id,
    conversation_contact_uuid,
    channel_custom_contact_identifier,
  ];
  if (identifiers.some((identifier) => textOf(identifier) === wanted)) return true;
  const phone = normalisePhone(text, country);
  const numbers = [contact?.phone_number, contact?.mobile_number, channel_custom_contact_identifier];
  return phone !== undefined && numbers.some((number) => normalisePhone(textOf(number), country) === phone);
};

/** As it is compared; empty for what is neither text nor number. */
const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim().toLowerCase() : '';
