/**
 * The kind of value in a field. `id` is an id of another system, a text or a number. `free` is whatever a site or an operator puts
 * there, of any depth.
 */
export type FieldType = 'text' | 'number' | 'yesno' | 'time' | 'id' | 'object' | 'list' | 'free';

/**
 * How a field is known: from Userlike's documented payload, from older documents and code (inferred), or because it is
 * computed here.
 */
export type FieldSource = 'documented' | 'inferred' | 'computed';

export type Example = string | number | boolean | null | readonly Example[] | { readonly [key: string]: Example };

/** A field of a conversation as settings name it. The path has `0` for any position of a list. */
export type Field = {
  path: string;
  type: FieldType;
  example: Example;
  meaning: string;
  source: FieldSource;
  /** The values that are known. There may be others. */
  values?: readonly string[];
};

/** A row of the catalogue: path, type, example, meaning, and the known values. */
export type FieldRow = readonly [
  path: string,
  type: FieldType,
  example: Example,
  meaning: string,
  values?: readonly string[],
];

/** The fields of rows, below a prefix such as `contact.`. */
export function fieldsOf(source: FieldSource, rows: readonly FieldRow[], prefix = ''): Field[] {
  return rows.map(([path, type, example, meaning, values]) => ({
    path: prefix + path,
    type,
    example,
    meaning,
    source,
    ...(values && { values }),
  }));
}
