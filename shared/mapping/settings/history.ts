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
  properties: Sources.default({}).meta({ description: 'Further properties, for example a required type.' }),
  relations: InheritedRelations.default({}).meta({ description: 'What the note is linked to besides the limeobject.' }),
  includeNotifications: z.boolean().default(false).meta({
    description: 'Whether what happened (welcome messages, status changes) is told too [includeNotifications].',
  }),
  language: LanguageTag.optional().meta({
    description: "Language of this note's words, where it is another one than the settings'.",
  }),
  sections: z
    .array(z.enum(['survey', 'rating', 'feedback', 'notes']))
    .default(['survey', 'rating', 'feedback', 'notes'])
    .meta({ description: 'What is told behind the messages.' }),
  whenLonger: z.enum(['notes', 'document']).default('notes').meta({
    description:
      'A transcript longer than the property becomes numbered notes, or a text document beside one note (needs documents).',
  }),
  onResend: z.enum(['new', 'whole']).default('new').meta({
    description: 'Whether a re-send adds a note with what is new, or with the whole conversation again.',
  }),
});
export type History = z.infer<typeof History>;
