import * as z from 'zod';
import { Fallback } from './fallback.ts';
import { name, Sources } from './source.ts';

/** One way to find a limeobject [`identificationKey`, `propertyIdentifier`]. */
export const MatchRule = z.strictObject({
  path: name.meta({ description: 'Dotted path of the value in the conversation.' }),
  properties: z.array(name).min(1).meta({ description: 'Properties to search. Any of them may match.' }),
  as: z.enum(['email', 'phone', 'text', 'domain']).meta({
    description:
      'How both sides are normalised before they are compared. domain: the domain of an e-mail or web address, except for public mail services.',
  }),
});
export type MatchRule = z.infer<typeof MatchRule>;

/** A rule as it is searched. A fallback says itself what is searched. */
export type SearchRule = MatchRule & { fallback?: Fallback };

const Create = z
  .strictObject({ properties: Sources.meta({ description: 'The source of each property.' }) })
  .meta({ description: 'Creates the limeobject if no rule finds one. Without it the relation stays empty.' });

/** Values for properties of the found person that are blank in Lime. */
const Fill = z.strictObject({
  properties: Sources.default({}).meta({ description: 'The source of each property.' }),
  company: z.boolean().default(false).meta({ description: 'Links the found company to a person without one.' }),
});

const rules = z
  .array(MatchRule)
  .min(1)
  .meta({ description: 'Tried in order. The first rule with a match ends the search.' });

const lookup = {
  inactive: name.optional().meta({ description: 'A yesno property. Objects with a true value are not searched.' }),
  onSeveral: z.enum(['empty', 'oldest', 'newest']).default('empty').meta({
    description: 'What to link if several match: none (the note names them), or the lowest or highest id.',
  }),
};

const property = name.meta({ description: 'The belongsto property of the limeobject for the match.' });

const searched = { property, limetype: name.meta({ description: 'The limetype to search.' }), rules, ...lookup };

export const CoworkerRelation = z.strictObject({
  ...searched,
  fallback: z.array(Fallback).min(1).optional().meta({
    description: 'Tried in order if no rule finds a coworker: by group, widget or topic, then a fixed one.',
  }),
});
type CoworkerRelation = z.infer<typeof CoworkerRelation>;

export const PersonRelation = z.strictObject({
  ...searched,
  create: Create.optional(),
  fill: Fill.optional().meta({
    description: 'Writes properties of the found person that are blank in Lime. Never overwrites.',
  }),
});

export const CompanyRelation = z
  .strictObject({
    property,
    from: name.default('company').meta({ description: "The person's property that holds the company." }),
    limetype: name.default('company').meta({ description: 'The limetype to search.' }),
    rules: rules.optional().meta({
      description: 'How to find the company if there is no person, or the person has no company.',
    }),
    ...lookup,
    create: Create.optional(),
  })
  .refine((company) => company.create === undefined || company.rules !== undefined, {
    path: ['create'],
    message: 'needs rules, which tell whether Lime has the company already',
  });

/** The parts of a relation that a search needs. */
export type Relation = {
  limetype: string;
  rules: SearchRule[];
  inactive?: string | undefined;
  onSeveral: 'empty' | 'oldest' | 'newest';
  create?: z.infer<typeof Create> | undefined;
};

export const Relations = z.strictObject({
  person: PersonRelation.optional().meta({ description: 'The contact [personRelation].' }),
  company: CompanyRelation.optional().meta({ description: "The person's company [relationCompany]." }),
  coworker: CoworkerRelation.optional().meta({ description: 'The operator [relationCoworker].' }),
});
export type Relations = z.infer<typeof Relations>;

/** The relations in lookup order. */
export const relationNames = ['person', 'company', 'coworker'] as const;
export type RelationName = (typeof relationNames)[number];

/** The searches in the settings. A company without rules comes from its person only. */
export function searchesOf({ person, company, coworker }: Relations): Partial<Record<RelationName, Relation>> {
  return {
    ...(person && { person }),
    ...(company?.rules && { company: { ...company, rules: company.rules } }),
    ...(coworker && { coworker: withFallback(coworker) }),
  };
}

/** The same rules for the same settings, because a batch shares searches by the list of their rules. */
const withFallbacks = new WeakMap<CoworkerRelation, Relation>();

/** The relation with its fallbacks as further rules, which compare as the first one. */
function withFallback(coworker: CoworkerRelation): Relation {
  const { fallback, ...relation } = coworker;
  const [first] = relation.rules;
  if (fallback === undefined || first === undefined) return relation;
  const known = withFallbacks.get(coworker);
  if (known !== undefined) return known;
  const further = fallback.map((one): SearchRule => {
    return {
      path: one.path ?? 'relations.coworker.fallback',
      properties: first.properties,
      as: first.as,
      fallback: one,
    };
  });
  const whole = { ...relation, rules: [...relation.rules, ...further] };
  withFallbacks.set(coworker, whole);
  return whole;
}

/** Relations that another limeobject takes over from the limeobject, with its own property names. */
export const InheritedRelations = z.partialRecord(z.enum(relationNames), name);
