import fc from 'fast-check';
import type { Job } from '../../shared/delivery/record.ts';
import { toDraft } from '../../shared/mapping/draft.ts';
import { Conversation } from '../../shared/userlike/conversation.ts';
import { aConversation, aMessage } from './conversations.ts';
import type { Fate, World } from './lime-world.ts';
import { anInstance, settingsOf } from './mapping/builders.ts';

const fates = fc.constantFrom<Fate>(
  'answered',
  'answered',
  'answered',
  'lost before',
  'lost after',
  'refused for now',
  'killed before',
  'killed after',
);

/** What may happen to the requests of one conversation, one after the other. */
export const schedules = fc.array(fates, { maxLength: 30, size: 'max' });

/** A tenant with rows, documents and notes. */
export function settingsWith(history: Record<string, unknown> = {}) {
  return settingsOf({
    instances: [
      anInstance({
        conversation: { relation: 'helpdesk' },
        documents: { relation: 'helpdesk', identify: 'ul_messageid', media: {} },
        history: { relation: 'helpdesk', ...history },
      }),
    ],
  });
}

/** A conversation of so many messages, each with its number; every fourth is a file. */
export function jobOf(messages: number, settings = settingsWith(), wordsIn = (index: number) => index % 7): Job {
  const transcript = Array.from({ length: messages }, (_, index) =>
    aMessage({
      id: `1.1.${index}`,
      body: `Message number ${index}. ${'word '.repeat(wordsIn(index))}`,
      url: index % 4 === 0 ? `https://www.userlike.com/files/${index}` : null,
    }),
  );
  const conversation = Conversation.parse(
    aConversation({ id: 7, transcript, updated_at: new Date(Date.UTC(2024, 1, messages)).toISOString() }),
  );
  const draft = toDraft(conversation, settings);
  return { organization: '1', conversation: '7', callId: 'call', draft, acceptedAt: '2024-02-22', lastTry: false };
}

/** The first line of each note, by which it is found again. */
export function marksIn({ notes }: World): string[] {
  return notes.map(({ note }) => String(note).split('\n')[0] ?? '');
}

/** The numbers of the messages that a text has. */
export function numbersIn(text: string): number[] {
  return [...text.matchAll(/Message number (\d+)/g)].map(([, n]) => Number(n));
}

/** The numbers of the first so many messages. */
export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

export function notesIn({ notes }: World): string {
  return notes.map(({ note }) => note).join('\n');
}

export function identifiersIn({ documents }: World): string[] {
  return documents.map(({ ul_messageid }) => String(ul_messageid));
}

/** The messages whose files are in Lime. */
export function filesOf(world: World): string[] {
  return identifiersIn(world).filter((id) => !id.startsWith('transcript'));
}

/** The texts of the documents that are transcripts. */
export function transcriptsIn({ documents, files }: World): string[] {
  return documents
    .filter(({ ul_messageid }) => String(ul_messageid).startsWith('transcript'))
    .map(({ document }) => files[Number(document) - 1_001]?.text ?? '');
}
