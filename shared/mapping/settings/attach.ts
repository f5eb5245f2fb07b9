import * as z from 'zod';
import { Conditions, name, scalar } from './source.ts';

const Recent = z.strictObject({
  property: name.meta({ description: 'A property of type time or date, or _createdtime or _timestamp.' }),
  days: z.number().positive().max(3_650).meta({ description: 'Most days between it and the conversation.' }),
});
export type Recent = z.infer<typeof Recent>;

const Reopen = z.strictObject({
  where: Conditions.meta({ description: 'Property of the limeobject → its value, or a list of values.' }),
  recent: Recent.optional().meta({ description: 'How recent the limeobject must be. Without it, any.' }),
  properties: z.record(name, scalar).meta({ description: 'Property → the constant that reopens the limeobject.' }),
});

/** Which limeobject of the tenant a conversation is attached to. */
export const Attach = z.strictObject({
  path: name.optional().meta({
    description:
      'Dotted path in the conversation to the id of a limeobject, or limetype/id. It is taken before any other.',
  }),
  by: z
    .union([name, z.literal(false)])
    .default('person')
    .meta({
      description:
        'person or company: the relation to share. Else a property of the instance whose value to share. false: only path counts.',
    }),
  where: Conditions.default({}).meta({
    description: 'Property of the limeobject → its value, or a list of values. All must hold.',
  }),
  recent: Recent.optional().meta({ description: 'How recent the limeobject must be. Without it, any.' }),
  onSeveral: z.enum(['newest', 'oldest', 'none']).default('newest').meta({
    description: 'Which of several to take: the highest or lowest id, or none (the note names them).',
  }),
  reopen: Reopen.optional().meta({
    description: 'Closed limeobjects to take if none is open, and to reopen if new messages come.',
  }),
});
export type Attach = z.infer<typeof Attach>;

type Problem = { path: string[]; message: string };

/** Rules between `attach` and other settings of the instance, and between its own conditions. */
export function attachProblems(
  attach: Attach | undefined,
  { relations = {}, properties = {} }: { relations?: object | undefined; properties?: object | undefined },
): Problem[] {
  if (attach === undefined) return [];
  const { by, path, where, reopen } = attach;
  if (by === false && path === undefined) return [{ path: ['by'], message: 'may be false only with path' }];
  const isKnown =
    by === false ||
    (by === 'person' || by === 'company' ? Object.hasOwn(relations, by) : Object.hasOwn(properties, by));
  const unknown = `needs relations.person, relations.company or a property of the instance, and there is no ${by}`;
  const problems: Problem[] = isKnown ? [] : [{ path: ['by'], message: unknown }];
  if (reopen !== undefined && !excludes(where, reopen.where)) {
    const message = 'a limeobject may fulfil this and attach.where; give one property different values in both';
    problems.push({ path: ['reopen', 'where'], message });
  }
  return problems;
}

/** True if no limeobject fulfils both. */
function excludes(one: Conditions, other: Conditions): boolean {
  return Object.entries(one).some(([property, values]) => {
    const theirs = other[property];
    return theirs !== undefined && textsOf(values).isDisjointFrom(textsOf(theirs));
  });
}

function textsOf(values: Conditions[string]): ReadonlySet<string> {
  return new Set([values].flat().map((value) => String(value).toLowerCase()));
}
