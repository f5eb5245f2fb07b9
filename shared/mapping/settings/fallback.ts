import * as z from 'zod';
import { name } from './source.ts';

/** A value that is searched by the first rule of the coworkers, if the operator is not found. */
export const Fallback = z
  .strictObject({
    path: name.optional().meta({
      description: 'Dotted path in the conversation, for example routing_info.operator_group.name.',
    }),
    options: z.record(z.string(), name).optional().meta({
      description: "Maps values of the path to what is searched, for example a coworker's e-mail address.",
    }),
    value: name.optional().meta({ description: 'What is searched for every conversation.' }),
  })
  .refine(({ path, value }) => (path === undefined) !== (value === undefined), 'needs exactly one of path, value')
  .refine(({ options, value }) => options === undefined || value === undefined, {
    path: ['options'],
    message: 'needs path, not value',
  });
export type Fallback = z.infer<typeof Fallback>;

/** The values that a fallback can search, if it maps them. */
export function valuesOf({ options = {}, value }: Fallback): string[] {
  return value === undefined ? Object.values(options) : [value];
}
