import * as z from 'zod';
import { ConversationRow, Documents } from './documents.ts';
import { History } from './history.ts';
import { problemsOfIdentify } from './identify.ts';
import { Relations } from './relation.ts';
import { name, Sources } from './source.ts';

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
      description: 'The property that finds the limeobject again; its template holds {{ id }} and no other value.',
    }),
    properties: Sources.meta({ description: 'Property of the limetype to the source of its value.' }),
    relations: Relations.default({}),
    conversation: ConversationRow.optional(),
    documents: Documents.optional(),
    history: History,
  })
  .superRefine((instance, context) => {
    const source = instance.properties[instance.identify];
    for (const message of problemsOfIdentify(source)) {
      context.addIssue({ code: 'custom', path: ['properties', instance.identify], message });
    }
    if (instance.history.whenLonger === 'document' && instance.documents === undefined) {
      const message = 'document needs documents, which say where it goes';
      context.addIssue({ code: 'custom', path: ['history', 'whenLonger'], message });
    }
  });
export type Instance = z.infer<typeof Instance>;
