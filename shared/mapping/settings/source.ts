import * as z from 'zod';
import { createLiquid } from '../liquid.ts';

/** A non-empty name or text. */
export const name = z.string().trim().min(1);

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const liquid = createLiquid({ strictFilters: true });

const template = z.string().superRefine((text, context) => {
  try {
    liquid.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'is not a Liquid template that can be parsed' });
  }
});

/** Where a property's value comes from [`properties` with `defaultValue` / `userlikeKey`]. */
export const PropertySource = z
  .strictObject({
    value: scalar.optional().meta({ description: 'A constant.' }),
    path: name.optional().meta({
      description: 'A dotted path into the conversation: contact.email, topics.0.text, first_question.',
    }),
    template: template.optional().meta({
      description: 'A Liquid template over the conversation: {{ contact.name | default: "Visitor" }}.',
    }),
    default: scalar.optional().meta({ description: 'Taken where path or template give nothing.' }),
    options: z
      .record(z.string(), scalar)
      .optional()
      .meta({ description: 'From a value of the conversation to an option key of Lime.' }),
    whenLonger: z.enum(['omit', 'cut']).optional().meta({
      description: 'Whether a text longer than the property is left out (omit), or cut with an ellipsis.',
    }),
    onResend: z.enum(['update', 'keep']).optional().meta({
      description: 'Whether a re-send writes the property again. Constants are kept unless told otherwise.',
    }),
  })
  .refine(
    (source) => [source.value, source.path, source.template].filter((given) => given !== undefined).length === 1,
    'needs exactly one of value, path, template',
  );
export type PropertySource = z.infer<typeof PropertySource>;

/** Sources by property of a limetype. */
export const Sources = z.record(name, PropertySource);
