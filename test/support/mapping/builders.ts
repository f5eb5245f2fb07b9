import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { type Limetype, LimetypeAnswer, type Property } from '../../../shared/lime/wire.ts';
import { Settings } from '../../../shared/mapping/settings/settings.ts';
import { Conversation } from '../../../shared/userlike/conversation.ts';
import { aConversation } from '../conversations.ts';

export function aProperty(type: string, overrides: Partial<Property> = {}): Property {
  return {
    name: 'target',
    type,
    required: false,
    length: undefined,
    options: undefined,
    choices: undefined,
    relatedType: undefined,
    localname: undefined,
    label: undefined,
    hasDefault: undefined,
    computed: false,
    ...overrides,
  };
}

export function aLimetype(name: string, properties: readonly Property[]): Limetype {
  return {
    name,
    label: undefined,
    localname: undefined,
    properties: new Map(properties.map((property) => [property.name, property])),
  };
}

/** A conversation as the mapper decodes it. */
export function conversationOf(overrides: Record<string, unknown> = {}): Conversation {
  return Conversation.parse(aConversation(overrides));
}

function json(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
}

export const defaultSettings: Settings = Settings.parse(json('../../../settings/default.json'));

const Schema = z.object({
  limetypes: z.record(
    z.string(),
    z.object({
      properties: z.record(
        z.string(),
        z.looseObject({ options: z.array(z.looseObject({})).optional(), relation: z.string().optional() }),
      ),
    }),
  ),
});

function metadataOf(schema: 'core' | 'custom'): ReadonlyMap<string, Limetype> {
  return new Map(
    Object.entries(Schema.parse(json(`../../../sandbox/schemas/${schema}.json`)).limetypes).map(
      ([name, { properties }]) => {
        const described = Object.entries(properties).map(([property, { options, relation, ...rest }]) => ({
          name: property,
          ...rest,
          // An option without a key has its id as its key, as in Lime.
          ...(options !== undefined && {
            options: options.map((option, index) => ({ key: `${index + 1}`, ...option })),
          }),
          ...(relation !== undefined && { _links: { related_type: { name: relation } } }),
        }));
        return [name, LimetypeAnswer.parse({ name, _embedded: { properties: described } })];
      },
    ),
  );
}

/** Lime Core's data model from its limetype API, as the sandbox has it. */
export const coreMetadata = metadataOf('core');

/** The data model of the sandbox's customized tenant. */
export const customMetadata = metadataOf('custom');

/** A data model with one property changed, or removed if undefined. */
function metadataWith(metadata: ReadonlyMap<string, Limetype>) {
  return (limetype: string, name: string, change: Partial<Property> | undefined): ReadonlyMap<string, Limetype> => {
    const { properties = new Map<string, Property>() } = metadata.get(limetype) ?? {};
    const others = [...properties.values()].filter((property) => property.name !== name);
    const known = properties.get(name) ?? aProperty('string', { name });
    const changed = change === undefined ? others : [...others, { ...known, ...change }];
    return new Map([...metadata, [limetype, aLimetype(limetype, changed)]]);
  };
}

export const coreWith = metadataWith(coreMetadata);
export const customWith = metadataWith(customMetadata);

type Json = Record<string, unknown>;

/** Minimal settings as parsed JSON. */
export function anInstance(overrides: Json = {}): Json {
  return {
    name: 'Tickets',
    limetype: 'helpdesk',
    identify: 'title',
    properties: { title: { template: 'Userlike conversation {{ id }}' } },
    history: { relation: 'helpdesk' },
    ...overrides,
  };
}

export function someSettings(overrides: Json = {}): Json {
  return { instances: [anInstance()], ...overrides };
}

export function settingsOf(overrides: Json = {}): Settings {
  return Settings.parse(someSettings(overrides));
}
