import * as z from 'zod';
import { strictLiquid } from '../liquid.ts';
import { liquidProblem } from './liquid-problem.ts';

/** A non-empty name or text. */
export const name = z.string().trim().min(1);

/** A constant. */
export const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** Values by property or path, one or a list of them. All must hold. */
export const Conditions = z.record(name, z.union([scalar, z.array(scalar).min(1)]));
export type Conditions = z.infer<typeof Conditions>;

const template = z.string().superRefine((text, context) => {
  const message = liquidProblem(strictLiquid, text);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

/** The source of a property's value [`properties` with `defaultValue` / `userlikeKey`]. */
export const PropertySource = z
  .strictObject({
    value: scalar.optional().meta({ description: 'A constant.' }),
    path: name.optional().meta({
      description: 'A dotted path in the conversation: contact.email, topics.0.text, first_question.',
    }),
    template: template.optional().meta({
      description: 'A Liquid template over the conversation: {{ contact.name | default: "Visitor" }}.',
    }),
    default: scalar.optional().meta({ description: 'Used if path or template give nothing.' }),
    options: z
      .record(z.string(), scalar)
      .optional()
      .meta({ description: 'Maps values of the conversation to option keys in Lime.' }),
    whenLonger: z.enum(['omit', 'cut']).optional().meta({
      description: 'Whether to leave out (omit) a text longer than the property, or to cut it with an ellipsis.',
    }),
    when: Conditions.optional().meta({
      description:
        'Dotted path in the conversation → its value, or a list of values. If one does not hold, the source gives its default.',
    }),
    onResend: z.enum(['update', 'unlessChanged', 'keep']).optional().meta({
      description:
        'Whether sending again writes the property again: always, unless somebody has changed it in Lime, or never. Default for constants without when: keep.',
    }),
  })
  .refine(
    (source) => [source.value, source.path, source.template].filter((given) => given !== undefined).length === 1,
    'needs exactly one of value, path, template',
  );
export type PropertySource = z.infer<typeof PropertySource>;

/** Sources by property of a limetype. */
export const Sources = z.record(name, PropertySource);
