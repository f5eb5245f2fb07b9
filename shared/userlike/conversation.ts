import * as z from 'zod';
import type { Finding } from '../errors.ts';
import { withOlderFields } from './forms/older-events.ts';
import { topicsIn } from './forms/topics.ts';
import { timeOf } from './time.ts';

/**
 * A conversation as Userlike's add-ons send it (see the payload on the Lime CRM add-on's page). Userlike adds
 * properties without notice: unknown keys are kept, and all but `id` may be null or missing. A used property with an
 * unusable type is a finding, because dropping it would lose part of the conversation.
 */

/** Enough to find the mistake. A small call can contain a million broken entries. */
const FINDINGS_PER_CONVERSATION = 5;

/** Far above any chat. The ledger tracks each message with 8 bytes of an item of 400 KB. */
export const MAX_MESSAGES = 20_000;

/** A list that is checked until enough entries are broken. */
function listOf<S extends z.ZodType>(entry: S, most: number, tooMany: string) {
  const list = z.array(z.unknown(), { error: 'must be a list' }).max(most, { error: tooMany });
  return list.transform((values, context): z.output<S>[] => {
    const entries: z.output<S>[] = [];
    let broken = 0;
    for (const [index, value] of values.entries()) {
      const parsed = entry.safeParse(value);
      if (parsed.success) {
        entries.push(parsed.data);
        continue;
      }
      for (const { path, message } of parsed.error.issues) {
        context.addIssue({ code: 'custom', path: [index, ...path], message });
      }
      broken += 1;
      if (broken === FINDINGS_PER_CONVERSATION) break;
    }
    return entries;
  });
}

const objectError = { error: 'must be an object' };

/** Numbers become text: a phone number or an external id may be stored as either. */
const text = z.union([z.string(), z.number()], { error: 'must be a text' }).transform(String).nullish();

const body = z.string({ error: 'must be a text or null' }).nullish();

const idError = { error: 'must be a positive safe integer or a string of 1 to 32 digits' };
const id = z
  .union([z.number(), z.string()], idError)
  .refine((id) => (typeof id === 'number' ? Number.isSafeInteger(id) && id > 0 : /^\d{1,32}$/.test(id)), idError);

const Sender = z.looseObject({ type: text }, objectError);

/** A chat message or a notification. */
export const Message = z.looseObject(
  {
    /** `conversation.part.message`. `msgid` is the same. */
    id: text,
    msgid: text,
    sent_at: z
      .string({ error: 'must be a time' })
      .refine((time) => time === '' || timeOf(time) !== undefined, {
        error: 'must be a time such as 2024-02-22T15:49:07.228Z',
      })
      .nullish(),
    type: text,
    event: text,
    body,
    body_plain: body,
    url: text,
    representation: text,
    sender: Sender.nullish(),
    operator_id: text,
    operator_name: text,
    operator_display_name: text,
    name: text,
    display_name: text,
    operator_is_bot: z.unknown().optional(),
    is_deleted: z.unknown().optional(),
  },
  objectError,
);
export type Message = z.infer<typeof Message>;

const Contact = z.looseObject(
  {
    name: text,
    email: text,
    phone_number: text,
    mobile_number: text,
    external_customer_id: text,
  },
  objectError,
);

export const Conversation = z.preprocess(
  withOlderFields,
  z.looseObject(
    {
      id,
      organization_id: z.union([z.number(), z.string()], { error: 'must be a number or a text' }).nullish(),
      topics: z.unknown().transform(topicsIn).nullish(),
      contact: Contact.nullish(),
      transcript: listOf(Message, MAX_MESSAGES, `must hold at most ${MAX_MESSAGES} messages`).nullish(),
    },
    objectError,
  ),
);
export type Conversation = z.infer<typeof Conversation>;

/** True if the conversation names another organization. */
export function isOtherOrganization({ organization_id }: { organization_id?: unknown }, organization: string): boolean {
  return organization_id !== undefined && organization_id !== null && String(organization_id) !== organization;
}

/** The first five findings: dotted paths and rules, never values. */
export function findingsOf(error: z.ZodError): Finding[] {
  return error.issues
    .slice(0, FINDINGS_PER_CONVERSATION)
    .map(({ path, message }) => ({ path: path.join('.'), message }));
}

/** The topics as operators see them, without empty ones. */
export function topicsOf(conversation: Conversation): string[] {
  return (conversation.topics ?? []).map(({ text }) => text.trim()).filter((text) => text !== '');
}
