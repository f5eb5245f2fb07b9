import { creationKey } from '../../shared/delivery/relations/creation-key.ts';
import { normalise } from '../../shared/mapping/identity/identity.ts';
import { type SearchOptions, termOf } from '../../shared/mapping/search.ts';
import { searchesOf } from '../../shared/mapping/settings/relation.ts';
import type { Settings } from '../../shared/mapping/settings/settings.ts';
import type { Conversation } from '../../shared/userlike/conversation.ts';

/**
 * True if a conversation's contact has this e-mail address, phone number (in any spelling), id or external id. Names
 * are not compared, because many people share one.
 * @param country the country of phone numbers without a country code
 */
export function isContact(conversation: Conversation, text: string, country: string): boolean {
  const { contact, conversation_contact_uuid, channel_custom_contact_identifier } = conversation;
  const same = (as: 'email' | 'phone' | 'text', values: readonly unknown[]): boolean => {
    const wanted = normalise(as, text, country);
    return wanted !== undefined && values.some((value) => normalise(as, textOf(value), country) === wanted);
  };
  const ids = [contact?.id, contact?.external_customer_id, conversation_contact_uuid];
  return (
    same('email', [contact?.email, channel_custom_contact_identifier]) ||
    same('text', [contact?.email, ...ids, channel_custom_contact_identifier]) ||
    same('phone', [contact?.phone_number, contact?.mobile_number, channel_custom_contact_identifier])
  );
}

/**
 * Keys of the ledger's items for a person or company that was created for this contact, for all rules by which the
 * settings create one. Older items are keyed without the organization's hash key, so both forms are returned.
 */
export function creationKeysOf(
  text: string,
  settings: SearchOptions & Pick<Settings, 'instances'>,
  hashKey?: string,
): string[] {
  return settings.instances.flatMap(({ relations }) =>
    (['person', 'company'] as const).flatMap((relation) => {
      const search = searchesOf(relations)[relation];
      if (search?.create === undefined) return [];
      return search.rules.flatMap((rule) => {
        const term = termOf(rule, text, settings);
        if (term === undefined) return [];
        return (hashKey === undefined ? [undefined] : [hashKey, undefined]).map((key) =>
          creationKey(relation, search.limetype, term, key),
        );
      });
    }),
  );
}

/** The value as text. Empty for anything but texts and numbers. */
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
