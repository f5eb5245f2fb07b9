import fc from 'fast-check';
import type { Job } from '../../../../shared/delivery/job.ts';
import { toDraft } from '../../../../shared/mapping/draft.ts';
import { Conversation } from '../../../../shared/userlike/conversation.ts';
import { aConversation, aMessage } from '../../../support/conversations.ts';
import type { Fate, World } from '../../../support/lime-world.ts';
import { anInstance, settingsOf } from '../../../support/mapping/builders.ts';

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
export const settingsWith = (history: Record<string, unknown> = {}) =>
  settingsOf({
    instances: [
      anInstance({
        conversation: { relation: 'helpdesk' },
        documents: { relation: 'helpdesk', identify: 'ul_messageid', media: {} },
        history: { relation: 'helpdesk', ...history },
      }),
    ],
  });

/** A conversation of so many messages, each with its number; every fourth is a file. */
export const jobOf = (messages: number, settings = settingsWith(), wordsIn = (index: number) => index % 7): Job => {
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
};

/** The first line of each note, by which it is found again. */
export const marksIn = ({ notes }: World): string[] => notes.map(({ note }) => String(note).split('\n')[0] ?? '');

/** The numbers of the messages that a text has. */
export const numbersIn = (text: string): number[] =>
  [...text.matchAll(/Message number (\d+)/g)].map(([, n]) => Number(n));

/** The numbers of the first so many messages. */
export const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

export const notesIn = ({ notes }: World): string => notes.map(({ note }) => note).join('\n');

export const identifiersIn = ({ documents }: World): string[] =>
  documents.map(({ ul_messageid }) => String(ul_messageid));

/** The messages whose files are in Lime. */
export const filesOf = (world: World): string[] => identifiersIn(world).filter((id) => !id.startsWith('transcript'));

/** The texts of the documents that are transcripts. */
export const transcriptsIn = ({ documents, files }: World): string[] =>
  documents
    .filter(({ ul_messageid }) => String(ul_messageid).startsWith('transcript'))
    .map(({ document }) => files[Number(document) - 1_001]?.text ?? '');
