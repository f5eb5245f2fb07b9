import type { Conversation } from '../conversation.ts';

/** Characters of a contact's name, address, number or id: no person has more, and nobody reads them. */
const LONGEST_OF_CONTACT = 1_000;

/** Characters of all topics together. */
const LONGEST_TOPICS = 10_000;

/** A field that no person has filled, by its path, and how many characters it may have. */
export type TooLong = { path: string; most: number };

/**
 * The conversation without what no person has filled: it would be searched for, cut and compared at each step, and hide
 * what stands beside it. A part of an address would be another address, so such a field is left out as a whole; of the
 * topics those that fit are kept.
 */
export function withinLimits(conversation: Conversation): { conversation: Conversation; tooLong: TooLong[] } {
  const contact = contactWithin(conversation);
  const topics = topicsWithin(conversation);
  const tooLong = [...contact.tooLong, ...topics.tooLong];
  if (tooLong.length === 0) return { conversation, tooLong };
  return { conversation: { ...conversation, ...contact.kept, ...topics.kept }, tooLong };
}

type Within = { kept: Partial<Conversation>; tooLong: TooLong[] };

function contactWithin({ contact }: Conversation): Within {
  const long = fieldsOfContact.filter((name) => (contact?.[name]?.length ?? 0) > LONGEST_OF_CONTACT);
  return {
    kept: { contact: contact && { ...contact, ...Object.fromEntries(long.map((name) => [name, null])) } },
    tooLong: long.map((name) => ({ path: `contact.${name}`, most: LONGEST_OF_CONTACT })),
  };
}

const fieldsOfContact = ['name', 'email', 'phone_number', 'mobile_number', 'external_customer_id'] as const;

function topicsWithin({ topics }: Conversation): Within {
  let left = LONGEST_TOPICS;
  const kept = topics?.filter(({ text }) => {
    left -= text.length;
    return left >= 0;
  });
  const isWhole = kept?.length === topics?.length;
  return { kept: { topics: kept }, tooLong: isWhole ? [] : [{ path: 'topics', most: LONGEST_TOPICS }] };
}
