type Fields = Record<string, unknown>;

/**
 * Reads Userlike's older events, `chat_meta` and `offline_message`, as a conversation. `messages` or `message` become
 * the transcript, `client_name` and `client_email` the contact, `topic` the topics. All keys stay. An existing
 * transcript, contact or list of topics is not replaced.
 */
export function withOlderFields(value: unknown): unknown {
  if (!isObject(value)) return value;
  const transcript = value.transcript ?? transcriptIn(value);
  const contact = value.contact ?? contactIn(value);
  const topics = value.topics ?? (isFilled(value.topic) ? [value.topic] : undefined);
  return {
    ...value,
    ...(transcript !== undefined && { transcript }),
    ...(contact !== undefined && { contact }),
    ...(topics !== undefined && { topics }),
  };
}

/** True if an object contains messages, whatever its type. */
export function holdsMessages(value: unknown): value is Fields {
  if (!isObject(value)) return false;
  const { transcript, messages, last_message } = value;
  return Array.isArray(transcript) || (Array.isArray(messages) && messages.length > 0) || isObject(last_message);
}

function transcriptIn(event: Fields): unknown {
  const { messages, message, created_at } = event;
  if (Array.isArray(messages)) return messages.filter((one) => one !== null).map((one) => messageIn(one, event));
  if (!isFilled(message)) return undefined;
  return isObject(message) ? [messageIn(message, event)] : [{ body: message, sent_at: created_at, ...contactSender }];
}

const contactSender = { type: 'message', sender: { type: 'contact' } };

/** Converts a message of an older event: `{ message, person, sent_at, type }`. */
function messageIn(value: unknown, event: Fields): unknown {
  if (typeof value === 'string') return { body: value };
  if (!isObject(value) || typeof value.message !== 'string' || isFilled(value.body)) return value;
  const { message, person, type, ...others } = value;
  const kind = senderIn(type, person, event);
  const name = kind === 'operator' ? { operator_name: person } : { name: person };
  return {
    ...others,
    body: message,
    ...(typeof person === 'string' && name),
    type: kind === 'system' ? 'notification' : 'message',
    sender: { type: kind },
  };
}

/** A type has two letters, for sender and receiver. `co`, contact to operator, is documented. */
const senders = new Map([
  ['c', 'contact'],
  ['o', 'operator'],
  ['s', 'system'],
  ['b', 'bot'],
]);

function senderIn(type: unknown, person: unknown, event: Fields): string {
  if (typeof type === 'string' && type !== '') {
    const letter = /^[a-z]{2}$/i.test(type) ? type.charAt(0).toLowerCase() : '';
    return senders.get(letter) ?? type;
  }
  const isClient = typeof person !== 'string' || person === '' || person === event.client_name;
  return isClient ? 'contact' : 'operator';
}

function contactIn({ client_name, client_email, client_phone }: Fields): Fields | undefined {
  const contact = { name: client_name, email: client_email, phone_number: client_phone };
  const filled = Object.entries(contact).filter(([, value]) => isFilled(value));
  return filled.length === 0 ? undefined : Object.fromEntries(filled);
}

function isFilled(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
