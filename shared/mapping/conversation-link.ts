import { type Language, primaryOf } from '../notes/translations/language.ts';
import { fill } from '../text/fill.ts';
import type { Conversation } from '../userlike/conversation.ts';
import type { Settings } from './settings/settings.ts';

/** The URL that opens the conversation in Userlike. */
export function conversationLink({ id }: Conversation, { links }: Settings, language: Language): string {
  return fill(links.conversation, { id: String(id), language: primaryOf(language) });
}
