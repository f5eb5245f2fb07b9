import * as z from 'zod';
import { LanguageTag } from '../../notes/translations/language.ts';
import { InheritedRelations } from './relation.ts';
import { name, Sources } from './source.ts';

/** The history note [`relationHistory`]. */
export const History = z.strictObject({
  limetype: name.default('history').meta({ description: 'The limetype of the note.' }),
  relation: name.meta({ description: "The note's belongsto property that holds the limeobject [relationHistory]." }),
  note: name.default('note').meta({ description: 'The property for the text.' }),
  date: name.default('date').meta({ description: 'The property for the time of the last message.' }),
  properties: Sources.default({}).meta({ description: 'Other properties, for example a required type.' }),
  relations: InheritedRelations.default({}).meta({ description: 'Other relations of the note.' }),
  includeNotifications: z.boolean().default(false).meta({
    description:
      'Whether to include notifications, such as welcome messages and status changes [includeNotifications].',
  }),
  language: LanguageTag.optional().meta({
    description: "Language of the note. Default: the settings' language.",
  }),
  sections: z
    .array(z.enum(['survey', 'rating', 'feedback', 'notes']))
    .default(['survey', 'rating', 'feedback', 'notes'])
    .meta({ description: 'Parts of the conversation to write after the messages.' }),
  whenLonger: z.enum(['notes', 'document']).default('notes').meta({
    description:
      'A transcript longer than the property becomes numbered notes, or one note with a text document (needs documents).',
  }),
  onResend: z.enum(['new', 'whole']).default('new').meta({
    description: 'Whether sending again adds a note with new entries only, or with the whole conversation.',
  }),
});
export type History = z.infer<typeof History>;
