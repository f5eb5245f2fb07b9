import { Liquid } from 'liquidjs';
import * as z from 'zod';
import type { Finding } from '../errors.ts';
import { languages } from '../userlike/words.ts';
import { isCountry } from './values/phone.ts';

/**
 * The mapping of one organization, in `settings/<organization>.json` or `settings/default.json`: reviewed and deployed
 * like code, without credentials. Names in brackets are those of Lime's own package for Userlike.
 */

const name = z.string().min(1);
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const liquid = new Liquid({ strictFilters: true });

const template = z.string().superRefine((text, context) => {
  try {
    liquid.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'is not a Liquid template that can be parsed' });
  }
});

const timeZone = z.string().refine(
  (zone) => {
    try {
      return Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined;
    } catch {
      return false;
    }
  },
  { error: 'is not a time zone, for example Europe/Stockholm' },
);

/** Where a property's value comes from [`properties` with `defaultValue` / `userlikeKey`]. */
export const PropertySource = z
  .strictObject({
    /** A constant. */
    value: scalar.optional(),
    /** A dotted path into the conversation, for example `contact.email` or `topics.0.text`. */
    path: name.optional(),
    /** A Liquid template over the conversation. */
    template: template.optional(),
    /** Taken where path or template give nothing. */
    default: scalar.optional(),
    /** From a value of the conversation to an option key of Lime. */
    options: z.record(z.string(), scalar).optional(),
    /** Whether a re-send writes the property again. Constants are kept unless told otherwise, the rest is updated. */
    onResend: z.enum(['update', 'keep']).optional(),
  })
  .refine(
    (source) => [source.value, source.path, source.template].filter((given) => given !== undefined).length === 1,
    'needs exactly one of value, path, template',
  );
export type PropertySource = z.infer<typeof PropertySource>;

/** One way to find a limeobject: the value at `path`, searched in each of `properties` [`identificationKey`, `propertyIdentifier`]. */
export const MatchRule = z.strictObject({
  path: name,
  properties: z.array(name).min(1),
  /** How both sides are normalised before they are compared. */
  as: z.enum(['email', 'phone', 'text']),
});
export type MatchRule = z.infer<typeof MatchRule>;

const Relation = z.strictObject({
  /** The belongsto property of the limeobject that is to hold the found one. */
  property: name,
  limetype: name,
  /** Tried in order; the first rule that finds anything ends the search. */
  rules: z.array(MatchRule).min(1),
  /** A yesno property that takes an object out of the search where it is true. */
  inactive: name.optional(),
});
export type Relation = z.infer<typeof Relation>;

const History = z.strictObject({
  limetype: name.default('history'),
  /** The belongsto property of the history note that holds the limeobject [`relationHistory`]. */
  relation: name,
  note: name.default('note'),
  date: name.default('date'),
  properties: z.record(name, PropertySource).default({}),
  /** Relations of the limeobject that the note takes over, under the note's own property names. */
  relations: z.partialRecord(z.enum(['person', 'company', 'coworker']), name).default({}),
  includeNotifications: z.boolean().default(false),
  /** Of this note's words, where it is another one than the settings'. */
  language: z.enum(languages).optional(),
  /** What is told behind the messages. */
  sections: z
    .array(z.enum(['survey', 'rating', 'feedback', 'notes']))
    .default(['survey', 'rating', 'feedback', 'notes']),
});

export const Instance = z
  .strictObject({
    name,
    /** Topics this instance takes; without it the instance is the fallback for all others. */
    topics: z.array(name).min(1).optional(),
    limetype: name,
    /** The property whose value is made of the conversation id alone and finds the limeobject again. */
    identify: name,
    properties: z.record(name, PropertySource),
    relations: z
      .strictObject({
        person: Relation.optional(),
        /** The found person's company: `property` on the limeobject, `from` on the person. */
        company: z.strictObject({ property: name, from: name.default('company') }).optional(),
        coworker: Relation.optional(),
      })
      .default({}),
    history: History,
  })
  .superRefine((instance, context) => {
    const path = ['properties', instance.identify];
    const source = instance.properties[instance.identify];
    if (source?.template === undefined) {
      context.addIssue({ code: 'custom', path, message: 'identify needs a template for this property' });
      return;
    }
    const used = variablesOf(source.template);
    if (used.length !== 1 || used[0] !== 'id') {
      context.addIssue({ code: 'custom', path, message: 'identify may use {{ id }} and nothing else' });
    }
    // Two ids with one value would be taken for one conversation.
    if (source.options !== undefined) {
      context.addIssue({ code: 'custom', path, message: 'identify takes no options' });
    }
  });
export type Instance = z.infer<typeof Instance>;

export const Settings = z
  .strictObject({
    $schema: z.string().optional(),
    /** Zone in which times are printed in notes and in which a day begins. */
    timeZone: timeZone.default('Europe/Stockholm'),
    /** Of the words around what was said, in notes. */
    language: z.enum(languages).default('en'),
    /** Country (ISO 3166, two letters) of phone numbers that name none. */
    country: z
      .string()
      .refine(isCountry, {
        error: 'is not a country of two capital letters whose phone numbers are known, for example SE',
      })
      .default('SE'),
    links: z
      .strictObject({
        /** How to open a limeobject [`linkType`]: {origin}, {limetype} and {id} are filled in. */
        limeobject: name.default('{origin}/client/object/{limetype}/{id}'),
        /** How to open the conversation in Userlike [`baseUrl`]: {id} is filled in. */
        conversation: name.default('https://userlike.com/en/umc#/conversation/{id}'),
      })
      .prefault({}),
    instances: z.array(Instance).min(1),
  })
  .superRefine((settings, context) => {
    const owners = new Map<string, number>();
    const names = new Map<string, number>();
    settings.instances.forEach((instance, index) => {
      // The ledger keeps the name: it tells to which instance a conversation's limeobject belongs.
      const namesake = names.get(instance.name);
      if (namesake !== undefined) {
        const message = `instance ${namesake} has this name already`;
        context.addIssue({ code: 'custom', path: ['instances', index, 'name'], message });
      }
      names.set(instance.name, namesake ?? index);
      for (const topic of instance.topics ?? ['']) {
        const key = topicKey(topic);
        if (owners.has(key)) {
          const message = `instance ${owners.get(key)} already takes ${key === '' ? 'all other topics' : 'one of these topics'}`;
          context.addIssue({ code: 'custom', path: ['instances', index, 'topics'], message });
        }
        owners.set(key, index);
      }
    });
  });
export type Settings = z.infer<typeof Settings>;

/** Topics are compared without case and outer blanks. */
export const topicKey = (topic: string): string => topic.trim().toLowerCase();

/** All problems of one settings file, each with its path. */
export const findingsOf = (error: z.ZodError): Finding[] =>
  error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));

const variablesOf = (text: string): string[] => {
  try {
    return liquid.globalFullVariablesSync(text);
  } catch {
    return [];
  }
};
