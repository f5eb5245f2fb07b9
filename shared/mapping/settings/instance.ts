import * as z from 'zod';
import { ConversationRow, Documents } from './documents.ts';
import { History } from './history.ts';
import { IdentifySource, identifyProblems } from './identify.ts';
import { Relations } from './relation.ts';
import { name, Sources } from './source.ts';

/** The parts of an instance that its rules check. They are checked even if other parts are invalid. */
const Readable = z.looseObject({
  identify: z.string().min(1).optional().catch(undefined),
  properties: z.record(z.string(), IdentifySource.optional().catch(undefined)).optional().catch(undefined),
  documents: z.unknown().optional(),
  history: z.looseObject({ whenLonger: z.unknown().optional() }).optional().catch(undefined),
});

/** One kind of limeobject that conversations become. */
export const Instance = z
  .strictObject({
    name: name.meta({ description: 'Label, distinct. Do not rename it later: the ledger keeps it.' }),
    topics: z.array(name).min(1).optional().meta({
      description: 'Topics of Userlike that this instance takes; without it, it is the fallback for all others.',
    }),
    additional: z.boolean().default(false).meta({
      description: 'Made beside what another instance makes of the same conversation, not instead of it.',
    }),
    limetype: name.meta({ description: 'What to create.' }),
    identify: name.meta({
      description:
        'The property that finds the limeobject again; its template ends in #{{ id }}, or holds {{ id }} and no other value.',
    }),
    properties: Sources.meta({ description: 'Property of the limetype to the source of its value.' }),
    relations: Relations.default({}).meta({ description: 'What the limeobject is linked to.' }),
    conversation: ConversationRow.optional().meta({
      description: 'One row for the conversation itself [relationConversation].',
    }),
    documents: Documents.optional().meta({ description: 'Where files of a conversation go [relationDocument].' }),
    history: History.meta({ description: 'The history note [relationHistory].' }),
  })
  .superRefine(
    (instance, context) => {
      const { data: seen } = Readable.safeParse(instance);
      if (seen === undefined) return;
      const { identify, properties, documents, history } = seen;
      if (identify !== undefined && properties !== undefined) {
        for (const message of identifyProblems(properties[identify])) {
          context.addIssue({ code: 'custom', path: ['properties', identify], message });
        }
      }
      if (history?.whenLonger === 'document' && documents === undefined) {
        const message = 'document needs the setting documents';
        context.addIssue({ code: 'custom', path: ['history', 'whenLonger'], message });
      }
    },
    { when: () => true },
  );
export type Instance = z.infer<typeof Instance>;
