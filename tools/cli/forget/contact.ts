import { makingKey } from '../../../shared/delivery/relations/making-key.ts';
import { normalise } from '../../../shared/mapping/search.ts';
import { searchesOf } from '../../../shared/mapping/settings/relation.ts';
import type { Settings } from '../../../shared/mapping/settings/settings.ts';
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

/**
 * Keys of the ledger's items for a person or company that was made of this contact: of all kinds of rules that the
 * settings make one by.
 */
export const makingKeysOf = (text: string, { country, instances }: Settings): string[] =>
  instances.flatMap(({ relations }) =>
    (['person', 'company'] as const).flatMap((relation) => {
      const search = searchesOf(relations)[relation];
      if (search?.create === undefined) return [];
      return search.rules.flatMap((rule) => {
        const normal = normalise(rule.as, text, country);
        return normal === undefined ? [] : [makingKey(relation, search.limetype, { rule, normal })];
      });
    }),
  );

/** As it is compared; empty for what is neither text nor number. */
const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim().toLowerCase() : '';
