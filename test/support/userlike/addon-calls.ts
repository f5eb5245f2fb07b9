import { type AddonCall, parseAddonCall } from '../../../shared/userlike/addon-call.ts';
import { InvalidCallError } from '../../../shared/userlike/invalid-call.ts';

/** Parses a call of organization 108905. */
export function parse(value: unknown) {
  return parseAddonCall(JSON.stringify(value), '108905');
}

/** Accepted ids, and ids with paths of rejected ones, by index. */
export function outline({ conversations, rejected, ignored }: AddonCall) {
  return {
    taken: conversations.map(({ index, conversation }) => [index, conversation.id]),
    rejected: rejected.map(({ index, id, errors }) => [index, id, ...errors.map(({ path }) => path)]),
    ignored,
  };
}

/** Undefined if the call is accepted. */
export function refusalOf(text: string) {
  try {
    parseAddonCall(text, '108905');
  } catch (error) {
    if (error instanceof InvalidCallError) return { reason: error.reason, detail: error.message };
    throw error;
  }
  return undefined;
}
