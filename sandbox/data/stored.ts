/** The stored form: an option's key, a set's keys, the id of a belongsto, user or file, milliseconds of a time or date. */
export type Value = string | number | boolean | null | readonly string[];

export type Values = Readonly<Record<string, Value>>;

export type Row = {
  readonly id: number;
  values: Values;
  readonly createdAt: number;
  changedAt: number;
};

export type StoredFile = {
  id: number;
  filename: string;
  extension: string;
  contentType: string;
  content: Uint8Array;
  changedAt: number;
};
