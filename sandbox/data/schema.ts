import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** The property types in Lime's own type definitions, except `system`. */
const PropertyType = z.enum([
  'string',
  'text',
  'phone',
  'integer',
  'decimal',
  'percent',
  'time',
  'date',
  'year',
  'quarter',
  'month',
  'yesno',
  'link',
  'user',
  'xml',
  'option',
  'set',
  'file',
  'hasmany',
  'belongsto',
]);
export type PropertyType = z.infer<typeof PropertyType>;

const PropertyFile = z.strictObject({
  type: PropertyType,
  localname: z.string().optional(),
  required: z.boolean().default(false),
  /** The most characters. 0 means no limit. */
  length: z.int().nonnegative().optional(),
  /** An option without a key has its numeric id as key, as in Lime. The options of a string are only suggestions. */
  options: z
    .array(z.strictObject({ key: z.string().optional(), text: z.string(), inactive: z.boolean().default(false) }))
    .default([]),
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
  /** Properties whose values, joined by a blank, are always this property's value. */
  computed: z.array(z.string()).default([]),
  /** belongsto and hasmany: the related limetype. */
  relation: z.string().optional(),
  /** hasmany: the belongsto property of the related limetype that points back. */
  through: z.string().optional(),
});

const SchemaFile = z.strictObject({
  limetypes: z.record(
    z.string(),
    z.strictObject({
      label: z.string(),
      localname: z.strictObject({ singular: z.string(), plural: z.string() }),
      /** The property of `_descriptive`. */
      descriptive: z.string(),
      properties: z.record(z.string(), PropertyFile),
    }),
  ),
});

export type Option = { id: number; key: string; text: string; inactive: boolean };

export type Property = Omit<z.infer<typeof PropertyFile>, 'options' | 'localname'> & {
  name: string;
  localname: string;
  options: readonly Option[];
};

export type Limetype = {
  name: string;
  label: string;
  localname: { singular: string; plural: string };
  descriptive: string;
  properties: ReadonlyMap<string, Property>;
};

/** The data model of a tenant, by limetype name. */
export type Schema = ReadonlyMap<string, Limetype>;

export function parseSchema(source: unknown): Schema {
  let optionId = 108_600;
  const optionOf = ({ key, text, inactive }: { key?: string | undefined; text: string; inactive: boolean }): Option => {
    optionId += 1;
    return { id: optionId, key: key ?? String(optionId), text, inactive };
  };
  const { limetypes } = SchemaFile.parse(source);
  const schema = new Map<string, Limetype>();
  for (const [name, { properties, ...limetype }] of Object.entries(limetypes)) {
    const named = Object.entries(properties).map(([key, property]): [string, Property] => [
      key,
      {
        ...property,
        name: key,
        localname: property.localname ?? capitalised(key),
        options: property.options.map(optionOf),
      },
    ]);
    schema.set(name, { ...limetype, name, properties: new Map(named) });
  }
  checkRelations(schema);
  return schema;
}

function capitalised(name: string) {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function checkRelations(schema: Schema): void {
  for (const limetype of schema.values()) {
    for (const { name, type, relation, through } of limetype.properties.values()) {
      if (type !== 'belongsto' && type !== 'hasmany') continue;
      const related = relation === undefined ? undefined : schema.get(relation);
      const back = through === undefined ? undefined : related?.properties.get(through);
      if (related === undefined || (type === 'hasmany' && back?.relation !== limetype.name)) {
        throw new Error(`Schema: ${limetype.name}.${name} has no other end`);
      }
    }
  }
}

export const SchemaName = z.enum(['core', 'custom']);
export type SchemaName = z.infer<typeof SchemaName>;

/** `core` is Lime Core as in Lime's own test package. `custom` is a tenant with typical changes. */
export function loadSchema(name: SchemaName): Schema {
  return parseSchema(JSON.parse(readFileSync(new URL(`../schemas/${name}.json`, import.meta.url), 'utf8')));
}
