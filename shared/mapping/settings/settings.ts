import * as z from 'zod';
import type { Finding } from '../../errors.ts';
import { languages } from '../../userlike/words.ts';
import { isCountry } from '../values/phone.ts';
import { identifyValue } from './identify.ts';
import { Instance } from './instance.ts';
import { name } from './source.ts';

/**
 * The mapping of one organization, in `settings/<organization>.json` or `settings/default.json`: reviewed and deployed
 * like code, without credentials. Names in brackets are those of Lime's own package for Userlike.
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
      .meta({ description: 'Zone in which times are printed in notes and in which a day begins.' }),
    language: z
      .enum(languages)
      .default('en')
      .meta({ description: 'Language of the words around what was said, in notes.' }),
    country: z
      .string()
      .refine(isCountry, {
        error: 'is not a country of two capital letters whose phone numbers are known, for example SE',
      })
      .default('SE')
      .meta({ description: 'Country (ISO 3166) of phone numbers that name none.' }),
    links: z
      .strictObject({
        limeobject: name.default('{origin}/client/object/{limetype}/{id}').meta({
          description: 'Opens a limeobject [linkType]; {origin}, {limetype} and {id} are filled in.',
        }),
        conversation: name.default('https://userlike.com/en/umc#/conversation/{id}').meta({
          description: 'Opens the conversation in Userlike [baseUrl]; {id} is filled in.',
        }),
      })
      .prefault({}),
    instances: z.array(Instance).min(1).meta({
      description: 'One for each kind of limeobject. A conversation goes to the one that takes one of its topics.',
    }),
  })
  .superRefine(({ instances }, context) => {
    for (const { path, message } of problemsAmong(instances)) {
      context.addIssue({ code: 'custom', path: ['instances', ...path], message });
    }
  });
export type Settings = z.infer<typeof Settings>;

/** Topics are compared without case and outer blanks. */
export const topicKey = (topic: string): string => topic.trim().toLowerCase();

/** All problems of one settings file, each with its path; an unknown key is named at its own. */
export const findingsOf = (error: z.ZodError): Finding[] =>
  error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message: 'is not a setting' }))
      : [{ path: issue.path.join('.'), message: issue.message }],
  );

type Problem = { path: (string | number)[]; message: string };

const problemsAmong = (instances: readonly Instance[]): Problem[] => [
  ...problemsOfNames(instances),
  ...problemsOfTopics(instances),
  ...problemsOfTwins(instances),
];

/** The ledger keeps the name: it tells to which instance a conversation's limeobject belongs. */
const problemsOfNames = (instances: readonly Instance[]): Problem[] =>
  instances.flatMap(({ name }, index) => {
    const first = instances.findIndex((instance) => instance.name === name);
    return first === index ? [] : [{ path: [index, 'name'], message: `instance ${first} has this name already` }];
  });

const problemsOfTopics = (instances: readonly Instance[]): Problem[] => {
  const owners = new Map<string, number>();
  const problems: Problem[] = [];
  instances.forEach(({ topics, additional }, index) => {
    if (additional) return;
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
  });
  if (owners.has('')) return problems;
  instances.forEach(({ topics, additional }, index) => {
    const alone = topics?.filter((topic) => !owners.has(topicKey(topic))) ?? ['all others'];
    if (!additional || alone.length === 0) return;
    const message = `additional to nothing: no other instance takes ${alone.join(', ')}, and there is no fallback`;
    problems.push({ path: [index, 'topics'], message });
  });
  return problems;
};

/** Two limeobjects of one limetype and conversation must not be taken for each other. */
const problemsOfTwins = (instances: readonly Instance[]): Problem[] =>
  instances.flatMap((instance, index) => {
    if (!instance.additional) return [];
    const twin = instances.findIndex(
      (other) =>
        other !== instance && other.limetype === instance.limetype && identityOf(other) === identityOf(instance),
    );
    const message = `instance ${twin} gives this property the same value, so that their limeobjects cannot be told apart`;
    return twin === -1 ? [] : [{ path: [index, 'properties', instance.identify], message }];
  });

const identityOf = ({ identify, properties }: Instance): string =>
  `${identify}=${identifyValue(properties[identify]?.template ?? '', '1')?.toLowerCase()}`;
