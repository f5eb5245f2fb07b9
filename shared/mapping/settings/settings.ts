import * as z from 'zod';
import type { Finding } from '../../errors.ts';
import { LanguageTag } from '../../notes/translations/language.ts';
import { domainOf } from '../identity/domain.ts';
import { isCountry } from '../identity/phone-metadata.ts';
import { Accept, contradictionsIn } from './accept.ts';
import { identifyValue, idTemplate, markOf, parseMarkedTemplate } from './identify.ts';
import { Instance } from './instance.ts';
import { nearest } from './nearest.ts';
import { plainWords } from './plain-words.ts';
import { RatingScale } from './rating.ts';
import { name } from './source.ts';

/**
 * The mapping of one organization, in `settings/<organization>.json` or `settings/default.json`. It is reviewed and
 * deployed like code, and contains no credentials. Names in brackets are those of Lime's own package for Userlike.
 */

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

export const Settings = z
  .strictObject({
    $schema: z.string().optional().meta({ description: 'Address of the JSON Schema, for editors.' }),
    timeZone: timeZone
      .default('Europe/Stockholm')
      .meta({ description: 'Zone of times in notes, and of the start of a day.' }),
    language: LanguageTag.default('en').meta({
      description: 'Language of notes. pt is Brazilian Portuguese, no is nb.',
    }),
    country: z
      .string()
      .refine(isCountry, {
        error: 'is not a country of two capital letters whose phone numbers are known, for example SE',
      })
      .default('SE')
      .meta({ description: 'Country (ISO 3166) of phone numbers without a country code.' }),
    rating: RatingScale.optional().meta({
      description: "The tenant's scale of ratings, for the computed field rating. Default: Userlike's, 1 to 5.",
    }),
    publicMailDomains: z
      .array(
        z
          .string()
          .refine((text) => domainOf(text) !== undefined, { error: 'is not a domain, for example example.com' }),
      )
      .default([])
      .meta({
        description: 'Domains of more public mail services. Their addresses neither find nor create companies.',
      }),
    limeRequestsPerSecond: z.number().positive().optional().meta({
      description:
        "Requests a second to the organization's own Lime. Default: the stack's. Lime's cloud has one limit for all.",
    }),
    links: z
      .strictObject({
        limeobject: name.default('{origin}/client/object/{limetype}/{id}').meta({
          description: 'URL of a limeobject [linkType] with {origin}, {limetype} and {id}.',
        }),
        conversation: name.default('https://userlike.com/en/umc#/conversation/{id}').meta({
          description: 'URL of the conversation in Userlike [baseUrl] with {id} and {language}.',
        }),
      })
      .prefault({})
      .meta({ description: 'Templates of links.' }),
    accept: Accept.optional().meta({ description: 'Which conversations are taken. Default: all.' }),
    instances: z.array(Instance).min(1).meta({
      description: 'One for each kind of limeobject. A conversation goes to the instance of one of its topics.',
    }),
  })
  .superRefine(
    ({ instances, accept }, context) => {
      for (const { path, message } of contradictionsIn(accept, outlinesOf(instances), topicKey)) {
        context.addIssue({ code: 'custom', path: ['accept', ...path], message });
      }
      for (const { path, message } of problemsOfInstances(outlinesOf(instances))) {
        context.addIssue({ code: 'custom', path: ['instances', ...path], message });
      }
    },
    { when: () => true },
  );
export type Settings = z.infer<typeof Settings>;

/** Ignores case and outer blanks. */
export function topicKey(topic: string): string {
  return topic.trim().toLowerCase();
}

/**
 * All problems of a settings file with their paths. Suggests a name for unknown keys and, if the error reports its
 * input, for invalid options.
 */
export function problemsIn(error: z.ZodError): (Finding & { suggestion?: string | undefined })[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          path: [...issue.path, key].join('.'),
          message: 'is not a setting',
          suggestion: nearest(key, keysAt(Settings, issue.path)),
        }))
      : [{ path: issue.path.join('.'), message: plainWords(issue), suggestion: suggestedWord(issue) }],
  );
}

function suggestedWord(issue: z.core.$ZodIssue): string | undefined {
  return issue.code === 'invalid_value' && typeof issue.input === 'string'
    ? nearest(issue.input, issue.values.map(String))
    : undefined;
}

/** The same, with the suggestion in the message. */
export function findingsOf(error: z.ZodError): Finding[] {
  return problemsIn(error).map(({ path, message, suggestion }) => ({
    path,
    message: suggestion === undefined ? message : `${message}; did you mean ${suggestion}?`,
  }));
}

/** The keys that the schema allows at a path. */
function keysAt(schema: unknown, path: readonly PropertyKey[]): string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return keysAt(schema.def.innerType, path);
  }
  const [key, ...rest] = path;
  if (schema instanceof z.ZodObject) {
    return key === undefined ? Object.keys(schema.shape) : keysAt(schema.shape[String(key)], rest);
  }
  if (schema instanceof z.ZodArray) return keysAt(schema.element, rest);
  if (!(schema instanceof z.ZodRecord)) return [];
  const { keyType, valueType } = schema;
  if (key !== undefined) return keysAt(valueType, rest);
  return keyType instanceof z.ZodEnum ? keyType.options.map(String) : [];
}

/** The parts of instances that are compared with each other. They are checked even if other parts are invalid. */
const Outline = z.looseObject({
  name: z.string(),
  topics: z.array(z.string()).optional(),
  additional: z.boolean().default(false),
  limetype: z.string(),
  identify: z.string(),
  properties: z.record(z.string(), z.unknown()),
});
type Outline = z.infer<typeof Outline> & { index: number };

function outlinesOf(instances: unknown): Outline[] {
  return (Array.isArray(instances) ? instances : []).flatMap((instance: unknown, index) => {
    const outline = Outline.safeParse(instance);
    return outline.success ? [{ ...outline.data, index }] : [];
  });
}

type Problem = { path: (string | number)[]; message: string };

function problemsOfInstances(instances: readonly Outline[]): Problem[] {
  return [...problemsOfNames(instances), ...problemsOfTopics(instances), ...problemsOfIndistinguishable(instances)];
}

/** The ledger stores the name to tell which instance a conversation's limeobject belongs to. */
function problemsOfNames(instances: readonly Outline[]): Problem[] {
  return instances.flatMap((instance) => {
    const first = instances.find(({ name }) => instance.name === name);
    if (first === undefined || first === instance) return [];
    return [{ path: [instance.index, 'name'], message: `instance ${first.index} has this name already` }];
  });
}

function problemsOfTopics(instances: readonly Outline[]): Problem[] {
  const owners = new Map<string, number>();
  const problems: Problem[] = [];
  for (const { topics, additional, index } of instances) {
    if (additional) continue;
    const twice = new Set<number>();
    for (const key of topics?.map(topicKey) ?? ['']) {
      const owner = owners.get(key);
      if (owner !== undefined) twice.add(owner);
      owners.set(key, owner ?? index);
    }
    for (const owner of twice) {
      const taken = topics === undefined ? 'all other topics' : 'one of these topics';
      const message = `instance ${owner} already takes ${taken}; additional: true makes both`;
      problems.push({ path: [index, 'topics'], message });
    }
  }
  if (owners.has('')) return problems;
  for (const { topics, additional, index } of instances) {
    const alone = topics?.filter((topic) => !owners.has(topicKey(topic))) ?? ['all others'];
    if (!additional || alone.length === 0) continue;
    const message = `no other instance takes ${alone.join(', ')}, and there is no fallback to be additional to`;
    problems.push({ path: [index, 'topics'], message });
  }
  return problems;
}

/** Two limeobjects of the same limetype and conversation must have different identities. */
function problemsOfIndistinguishable(instances: readonly Outline[]): Problem[] {
  return instances.flatMap((instance) => {
    if (!instance.additional) return [];
    const identities = identitiesOf(instance);
    const twin = instances.find(
      (other) =>
        other !== instance &&
        other.limetype === instance.limetype &&
        other.identify === instance.identify &&
        !identities.isDisjointFrom(identitiesOf(other)),
    );
    if (twin === undefined) return [];
    const message = `instance ${twin.index} gives this property the same value or mark, so that their limeobjects cannot be distinguished`;
    return [{ path: [instance.index, 'properties', instance.identify], message }];
  });
}

const Templated = z.looseObject({ template: z.string() });

/** Marks or texts by which a conversation's limeobject is found. */
function identitiesOf({ identify, properties }: Outline): ReadonlySet<string> {
  const { data: source } = Templated.safeParse(properties[identify]);
  if (source === undefined) return new Set();
  const isMarked = parseMarkedTemplate(source.template) !== undefined;
  const texts = isMarked ? [markOf(1), identifyValue(idTemplate(), '1')] : [identifyValue(source.template, '1')];
  return new Set(texts.flatMap((text) => text?.toLowerCase() ?? []));
}
