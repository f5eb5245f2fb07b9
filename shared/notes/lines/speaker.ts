import { isolated, plain } from '../../text/isolate.ts';
import { oneLine } from '../../text/one-line.ts';
import type { Message } from '../../userlike/conversation.ts';
import { LAST_MESSAGE } from '../../userlike/messages/messages-of.ts';
import { kindOf, sideOf } from '../../userlike/messages/sender.ts';
import { isDeleted, isEdited, isNotDelivered } from '../../userlike/messages/state.ts';
import { languages } from '../translations/language.ts';
import type { Translation } from '../translations/translation.ts';
import { translations } from '../translations.ts';
import { colons } from './indent.ts';

/** Placeholder names that Userlike gives to contacts and events, in every language. */
const placeholders = [
  ...['', 'Event', 'Ereignis', 'Evento', 'Événement'],
  ...languages.map((language) => translations[language].contact),
];

/** Characters of a name that are written with each message. */
const MAX_NAME_LENGTH = 200;

/** `marksChange` is true if the line already says that the message was edited, deleted or not delivered. */
export type Speaker = { speaker: string; marksChange: boolean };

/**
 * The speaker of a message with remarks: `Peter Testman (bot, edited)`. A contact's name follows the word for contact,
 * so that a contact cannot pose as an operator: `Contact Ada Lovelace`.
 */
export function createSpeakerOf(t: Translation, contactName: string | null | undefined): (message: Message) => Speaker {
  const contact = nameIn(contactName);
  return (message) => {
    const { name, kind } = senderOf(message, t, contact);
    const marks = [isEdited(message) ? t.edited : '', isNotDelivered(message) ? t.notDelivered : ''];
    const notes = [kind, ...(isDeleted(message) ? [] : marks)].filter((note) => note !== '');
    return {
      speaker: notes.length === 0 ? name : `${name} (${notes.join(', ')})`,
      marksChange: isDeleted(message) || marks.some((mark) => mark !== ''),
    };
  };
}

function senderOf(message: Message, t: Translation, contact: string | undefined): { name: string; kind: string } {
  const { operator_display_name, operator_name, display_name, name } = message;
  function firstOf(...names: unknown[]): string | undefined {
    for (const name of names) {
      const plain = nameIn(name);
      if (plain !== undefined) return plain;
    }
    return undefined;
  }
  const side = sideOf(message);
  if (side === 'system') return { name: t.system, kind: '' };
  if (side === 'contact') {
    const given = contact ?? firstOf(display_name, name);
    return { name: given === undefined ? t.contact : `${t.contact} ${given}`, kind: '' };
  }
  const own = firstOf(operator_display_name, operator_name, display_name, name, message.sender?.name);
  const isAutomated = message.representation?.toLowerCase() === 'automated';
  if (side === 'operator') return { name: own ?? t.operator, kind: isAutomated ? t.automated : '' };
  const word = oneLine(kindOf(message).replaceAll('_', ' '));
  if (side === 'bot') return { name: own ?? (genericKinds.includes(word) ? t.operator : word), kind: t.bot };
  const named = word === LAST_MESSAGE ? t.lastMessage : word;
  const kind = isAutomated || word.startsWith('automat') ? t.automated : named;
  if (own === undefined) return { name: kind, kind: '' };
  // The sender may be a new kind of contact. Remove colons, so that the name cannot imitate another speaker.
  return { name: oneLine(own.replace(colons, ' ')), kind: own.toLowerCase() === kind ? '' : kind };
}

/** Sender types of bots that add nothing to "operator". */
const genericKinds = ['', 'operator', 'bot'];

function nameIn(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const name = plain(value);
  if (placeholders.includes(name)) return undefined;
  return isolated(
    name.length <= MAX_NAME_LENGTH ? name : `${name.slice(0, MAX_NAME_LENGTH - 1).replace(/[\ud800-\udbff]$/, '')}…`,
  );
}
