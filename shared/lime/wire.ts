import * as z from 'zod';

/**
 * The used parts of Lime CRM's responses. Reads them tolerantly: every tenant has its own data model, and some forms
 * are not documented (an empty list may lack `_embedded`, an option may be a key or an object).
 */

export const Limeobject = z.looseObject({ _id: z.int().positive() });
export type Limeobject = z.infer<typeof Limeobject>;

/** The id in a property of a relation. Lime returns it alone or with the limeobject. */
export const RelatedId = z.union([
  z.int().positive(),
  z.looseObject({ _id: z.int().positive() }).transform(({ _id }) => _id),
]);

/** Answer to a change: the limeobject, or nothing. */
export const Changed = z.looseObject({}).nullable();

/** Answer to an upload. */
export const UploadedFile = z.looseObject({ id: z.int().positive() });

/** Answer of the Query API: the objects in the requested shape. */
export const QueryAnswer = z.looseObject({ objects: z.array(z.looseObject({ _id: z.int().positive() })) });

const key = z.union([z.string(), z.number().transform(String)]);

const described = { text: z.string().nullish(), inactive: z.boolean().nullish() };

const Option = z.union([
  z.looseObject({ key, ...described }),
  // An option without a key is identified by its id.
  z.looseObject({ id: key, ...described }).transform(({ id, text, inactive }) => ({ key: id, text, inactive })),
  key.transform((key) => ({ key, text: undefined, inactive: undefined })),
]);

/** Options of an unknown form cannot be written and are left out. */
const Options = z
  .array(Option.optional().catch(undefined))
  .transform((options) => options.filter((option) => option !== undefined));

const PropertyAnswer = z
  .looseObject({
    name: z.string(),
    type: z.string(),
    required: z.boolean().nullish(),
    length: z.number().nullish(),
    options: Options.nullish(),
    localname: z.string().nullish(),
    label: z.string().nullish(),
    defaultvalue: z.unknown().optional(),
    has_sql: z.boolean().nullish(),
    _links: z.looseObject({ related_type: z.looseObject({ name: z.string() }).nullish() }).nullish(),
  })
  .transform((property) => ({
    name: property.name,
    type: property.type,
    required: property.required ?? false,
    /** Longest text in characters. Undefined if Lime sets no limit. */
    length: property.length != null && property.length > 0 ? property.length : undefined,
    /** Keys of the active options. */
    options: property.options?.filter((option) => !option.inactive).map((option) => option.key),
    /** All options with their labels, including inactive ones. */
    choices: property.options?.map(({ key, text, inactive }) => ({
      key,
      text: text ?? '',
      inactive: inactive ?? false,
    })),
    /** The property's label, and the name of its purpose in Lime, if the tenant's metadata contain them. */
    localname: property.localname ?? undefined,
    label: property.label ?? undefined,
    /** Undefined if the tenant's metadata contain no defaults at all. */
    hasDefault:
      property.defaultvalue === undefined ? undefined : property.defaultvalue !== null && property.defaultvalue !== '',
    /** Computed by Lime's database. It cannot be written. */
    computed: property.has_sql ?? false,
    relatedType: property._links?.related_type?.name,
  }));

/** One property of a limetype, from the tenant's metadata. */
export type Property = z.output<typeof PropertyAnswer>;

/** Answer of the limetype API with its properties embedded. */
export const LimetypeAnswer = z
  .looseObject({
    name: z.string(),
    label: z.string().nullish(),
    localname: z.union([z.string(), z.looseObject({ singular: z.string().nullish() })]).nullish(),
    _embedded: z.looseObject({ properties: z.array(PropertyAnswer) }),
  })
  .transform(({ name, label, localname, _embedded }) => ({
    name,
    label: label ?? undefined,
    localname: (typeof localname === 'string' ? localname : localname?.singular) ?? undefined,
    properties: new Map(_embedded.properties.map((property) => [property.name, property])),
  }));

/** A limetype of the tenant with its properties by name. */
export type Limetype = z.output<typeof LimetypeAnswer>;

/** Answer of the limetype API for all limetypes, with their properties. */
export const LimetypesAnswer = z.looseObject({ _embedded: z.looseObject({ limetypes: z.array(LimetypeAnswer) }) });

/** The tenant's limetypes by name. */
export type Metadata = ReadonlyMap<string, Limetype>;
