import * as z from 'zod';
import { InheritedRelations } from './relation.ts';
import { name, Sources } from './source.ts';

const hostname = z
  .string()
  .regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, 'is not a host name, for example userlike.com');

/** Which files become documents [`importMediaFiles`]. Other files stay a line with their link. */
const Media = z.strictObject({
  hosts: z
    .array(hostname)
    .min(1)
    .default(['userlike.com', 'lime-connect.com'])
    .meta({ description: 'Hosts that files may come from, each with its sub-domains.' }),
  megabytes: z.number().positive().max(25).default(10).meta({ description: 'Largest file.' }),
  seconds: z.number().positive().max(20).default(10).meta({ description: 'Longest fetch of a file.' }),
  types: z
    .array(
      z.string().regex(/^[\w.+-]+\/(?:\*|[\w.+-]+)$/, 'is not a media type, for example image/* or application/pdf'),
    )
    .min(1)
    .default([
      'image/*',
      'audio/*',
      'video/*',
      'text/plain',
      'text/csv',
      'application/pdf',
      'application/zip',
      'application/msword',
      'application/vnd.ms-excel',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ])
    .meta({ description: 'Accepted content types.' }),
  most: z.int().positive().max(100).default(20).meta({ description: 'Most files of one conversation.' }),
});
export type Media = z.infer<typeof Media>;

/** Where files of a conversation go [`relationDocument`]. */
export const Documents = z.strictObject({
  limetype: name.default('document').meta({ description: 'The limetype of the document.' }),
  relation: name.meta({
    description: "The document's belongsto property that holds the limeobject [relationDocument].",
  }),
  file: name.default('document').meta({ description: 'The property of type file.' }),
  identify: name.meta({
    description: 'A text property for the id of the message, so that no file is written twice [ul_messageid].',
  }),
  properties: Sources.default({}).meta({ description: 'Other properties, for example a required type.' }),
  relations: InheritedRelations.default({}).meta({
    description: 'Other relations of the document.',
  }),
  media: Media.optional().meta({ description: 'Imports files from the chat. Without it they stay links.' }),
});
export type Documents = z.infer<typeof Documents>;

/** One row for the conversation [`relationConversation`, `ulconversation`]. */
export const ConversationRow = z.strictObject({
  limetype: name.default('ulconversation').meta({ description: 'The limetype of the row.' }),
  identify: name.default('conversationid').meta({ description: 'The property for the id of the conversation.' }),
  relation: name.meta({ description: "The row's belongsto property that holds the limeobject." }),
  link: name.optional().meta({ description: 'The property for the link to the conversation in Userlike.' }),
  properties: Sources.default({}).meta({ description: 'Other properties.' }),
});
export type ConversationRow = z.infer<typeof ConversationRow>;
