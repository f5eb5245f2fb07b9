import { oneLine } from '../../text/one-line.ts';
import type { Message } from '../conversation.ts';
import { bodyOf } from '../message.ts';
import { extrasOf } from './extras.ts';
import { type MessageFile, withoutSignature } from './files.ts';
import { canonicalContent } from './legacy-lines.ts';
import { isDeleted, isNotDelivered } from './state.ts';

/** Stands for a file, whose URL changes with each call. */
export const FILE_PLACEHOLDER = '(file)';

/** Contents of messages without text. A change here would make every such message new. */
const placeholders = { deleted: '(message deleted)', noText: '(no text)', notDelivered: '(not delivered)' };

/**
 * The content of a message, in no language. It changes only if the message does: URL signatures, read marks, counters
 * and states are left out, except for a failed delivery.
 */
export function contentOf(message: Message, files: readonly MessageFile[]): string {
  if (isDeleted(message)) return placeholders.deleted;
  const body = withPlainAddresses(bodyOf(message).trimEnd(), files);
  const file = files.length === 0 || body.includes(FILE_PLACEHOLDER) ? '' : FILE_PLACEHOLDER;
  const event = body === '' && file === '' && message.event ? `(${oneLine(message.event)})` : '';
  const extras = extrasOf(message, files.length > 0).map(
    ({ kind, text }) => `(${kind}) ${withPlainAddresses(text, [])}`,
  );
  const parts = [body, file, event, ...extras].filter((part) => part !== '');
  const text = parts.length === 0 ? placeholders.noText : canonicalContent(parts.join('\n'));
  return isNotDelivered(message) ? `${text}\n${placeholders.notDelivered}` : text;
}

/** Replaces URLs of the message's own files with a placeholder, and removes signatures from other URLs. */
function withPlainAddresses(text: string, files: readonly MessageFile[]): string {
  const own = new Set(files.map(({ url }) => pathOf(url)));
  const plain = own.has(pathOf(text.trim())) ? FILE_PLACEHOLDER : text;
  return plain.replace(/https?:\/\/[^\s()<>"[\]]+/gi, (address) =>
    own.has(pathOf(address)) ? FILE_PLACEHOLDER : withoutSignature(address),
  );
}

function pathOf(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? '';
}
