import * as z from 'zod';
import { parseMarkedTemplate } from './identify.ts';
import { InheritedRelations } from './relation.ts';
import { name, Sources } from './source.ts';

const Due = z.strictObject({
  properties: z
    .array(name)
    .min(1)
    .default(['endtime'])
    .meta({ description: 'Properties of type time or date that get the due time.' }),
  businessDays: z.int().min(0).max(365).default(1).meta({
    description: 'Days from Monday to Friday after the last message. 0: the same day, or the next Monday.',
  }),
  at: z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'is not a time of day, for example 09:00')
    .default('09:00')
    .meta({ description: "Time of day in the settings' time zone." }),
});
export type Due = z.infer<typeof Due>;

/** One activity for the follow-up of a conversation. */
export const Todo = z
  .strictObject({
    topics: z.array(name).min(1).optional().meta({ description: 'Topics of conversations that need the activity.' }),
    answers: z.record(name, z.array(name).min(1)).optional().meta({
      description: 'Answers by path, for example of a survey: post_survey_option. One of them needs the activity.',
    }),
    limetype: name.default('todo').meta({ description: 'The limetype of the activity.' }),
    relation: name.meta({ description: "The activity's belongsto property that holds the limeobject." }),
    identify: name.default('subject').meta({
      description: 'The text property that finds the activity again. Its template ends in #{{ id }}.',
    }),
    properties: Sources.meta({ description: 'The source of each property.' }),
    due: Due.optional().meta({ description: 'When the activity is due.' }),
    relations: InheritedRelations.default({}).meta({
      description: 'Other relations of the activity, for example its owner.',
    }),
  })
  .superRefine(({ identify, properties }, context) => {
    if (parseMarkedTemplate(properties[identify]?.template ?? '') !== undefined) return;
    const message = 'needs a template that ends in #{{ id }}, which finds the activity again';
    context.addIssue({ code: 'custom', path: ['properties', identify], message });
  });
export type Todo = z.infer<typeof Todo>;
