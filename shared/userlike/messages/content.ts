import { oneLine } from '../../text/one-line.ts';
import type { Message } from '../conversation.ts';
import { bodyOf } from '../message.ts';
import { heldIn } from './extras.ts';
import { type MessageFile, withoutSignature } from './files.ts';
import { contentForm } from './legacy-lines.ts';
import { isDeleted, isNotDelivered } from './state.ts';

/** What stands in a content for a file, whose address changes by itself. */
export const FILE_SIGN = '(file)';

/** What stands for what has no words of its own. A change would make every such message new. */
const signs = { deleted: '(message deleted)', noText: '(no text)', notDelivered: '(not delivered)' };

/**
 * What a message says, in no language: it changes only when the message does. Signatures of addresses, read marks,
 * counters and states are not in it, but for a send that failed.
 */
export function contentOf(message: Message, files: readonly MessageFile[]): string {
  if (isDeleted(message)) return signs.deleted;
  const body = withPlainAddresses(bodyOf(message).trimEnd(), files);
  const file = files.length === 0 || body.includes(FILE_SIGN) ? '' : FILE_SIGN;
  const event = body === '' && file === '' && message.event ? `(${oneLine(message.event)})` : '';
  const held = heldIn(message, files.length > 0).map(({ kind, text }) => `(${kind}) ${withPlainAddresses(text, [])}`);
  const parts = [body, file, event, ...held].filter((part) => part !== '');
  const text = parts.length === 0 ? signs.noText : contentForm(parts.join('\n'));
  return isNotDelivered(message) ? `${text}\n${signs.notDelivered}` : text;
}

/** The addresses of the message's own files become the sign of a file, all others lose their signatures. */
function withPlainAddresses(text: string, files: readonly MessageFile[]): string {
  const own = new Set(files.map(({ url }) => pathOf(url)));
  const plain = own.has(pathOf(text.trim())) ? FILE_SIGN : text;
  return plain.replace(/https?:\/\/[^\s()<>"[\]]+/gi, (address) =>
    own.has(pathOf(address)) ? FILE_SIGN : withoutSignature(address),
  );
}

function pathOf(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? '';
}
