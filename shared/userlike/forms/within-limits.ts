import type { Conversation } from '../conversation.ts';

/** Longest name, address, number or id of a contact. */
const MAX_CONTACT_LENGTH = 1_000;

/** Longest text of all topics together. */
const MAX_TOPICS_LENGTH = 10_000;

/** A field longer than a person would fill it in, and its limit. */
export type OversizedField = { path: string; max: number };

/**
 * Removes oversized fields of the contact and topics that do not fit. They would slow every step down and fill the head
 * of the note. A contact's field is removed as a whole, because part of an address is another address.
 */
export function withinLimits(conversation: Conversation): {
  conversation: Conversation;
  oversizedFields: OversizedField[];
} {
  const contact = contactWithin(conversation);
  const topics = topicsWithin(conversation);
  const oversizedFields = [...contact.oversizedFields, ...topics.oversizedFields];
  if (oversizedFields.length === 0) return { conversation, oversizedFields };
  return { conversation: { ...conversation, ...contact.kept, ...topics.kept }, oversizedFields };
}

type Within = { kept: Partial<Conversation>; oversizedFields: OversizedField[] };

function contactWithin({ contact }: Conversation): Within {
  const long = fieldsOfContact.filter((name) => (contact?.[name]?.length ?? 0) > MAX_CONTACT_LENGTH);
  return {
    kept: { contact: contact && { ...contact, ...Object.fromEntries(long.map((name) => [name, null])) } },
    oversizedFields: long.map((name) => ({ path: `contact.${name}`, max: MAX_CONTACT_LENGTH })),
  };
}

const fieldsOfContact = ['name', 'email', 'phone_number', 'mobile_number', 'external_customer_id'] as const;

function topicsWithin({ topics }: Conversation): Within {
  let left = MAX_TOPICS_LENGTH;
  const kept = topics?.filter(({ text }) => {
    left -= text.length;
    return left >= 0;
  });
  const isWhole = kept?.length === topics?.length;
  return { kept: { topics: kept }, oversizedFields: isWhole ? [] : [{ path: 'topics', max: MAX_TOPICS_LENGTH }] };
}
