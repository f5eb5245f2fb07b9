import * as z from 'zod';
import { Attach, attachProblems } from './attach.ts';
import { ConversationRow, Documents } from './documents.ts';
import { History } from './history.ts';
import { IdentifySource, identifyProblems } from './identify.ts';
import { Relations } from './relation.ts';
import { name, Sources } from './source.ts';
import { Todo } from './todo.ts';

/** The parts of an instance that its rules check. They are checked even if other parts are invalid. */
const Readable = z.looseObject({
  identify: z.string().min(1).optional().catch(undefined),
  properties: z.record(z.string(), IdentifySource.optional().catch(undefined)).optional().catch(undefined),
  documents: z.unknown().optional(),
  attach: Attach.optional().catch(undefined),
  relations: z.looseObject({}).optional().catch(undefined),
  history: z.looseObject({ whenLonger: z.unknown().optional() }).optional().catch(undefined),
});

/** One kind of limeobject that conversations become. */
export const Instance = z
  .strictObject({
    name: name.meta({ description: 'Unique label. Do not rename it later: the ledger stores it.' }),
    topics: z.array(name).min(1).optional().meta({
      description: 'Userlike topics of this instance. Without topics it is the fallback.',
    }),
    additional: z.boolean().default(false).meta({
      description: 'Creates its limeobject in addition to that of another instance.',
    }),
    limetype: name.meta({ description: 'The limetype to create.' }),
    identify: name.meta({
      description:
        'The property that identifies the limeobject. Its template ends in #{{ id }}, or contains {{ id }} and no other value.',
    }),
    properties: Sources.meta({ description: 'The source of each property.' }),
    relations: Relations.default({}).meta({ description: 'The relations of the limeobject.' }),
    attach: Attach.optional().meta({
      description: 'Adds a conversation to an open limeobject instead of creating one. Without it, one is created.',
    }),
    conversation: ConversationRow.optional().meta({
      description: 'One row for the conversation itself [relationConversation].',
    }),
    documents: Documents.optional().meta({ description: 'Where files of a conversation go [relationDocument].' }),
    todo: Todo.optional().meta({ description: 'One activity for the follow-up, for chosen topics or answers.' }),
    history: History.meta({ description: 'The history note [relationHistory].' }),
  })
  .superRefine(
    (instance, context) => {
      const { data: seen } = Readable.safeParse(instance);
      if (seen === undefined) return;
      const { identify, properties, documents, history, attach, relations } = seen;
      if (identify !== undefined && properties !== undefined) {
        for (const message of identifyProblems(properties[identify])) {
          context.addIssue({ code: 'custom', path: ['properties', identify], message });
        }
      }
      for (const { path, message } of attachProblems(attach, { relations, properties })) {
        context.addIssue({ code: 'custom', path: ['attach', ...path], message });
      }
      if (history?.whenLonger === 'document' && documents === undefined) {
        const message = 'document needs the setting documents';
        context.addIssue({ code: 'custom', path: ['history', 'whenLonger'], message });
      }
    },
    { when: () => true },
  );
export type Instance = z.infer<typeof Instance>;
