/** One request to Lime's REST API, below the tenant's URL. */
export type LimeRequest = {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  body?: Record<string, unknown>;
  /** Sent as it is, in place of a JSON body. */
  file?: LimeFile;
  /** The limeobject the request is about: a 404 says that it is gone. */
  id?: number;
  /** The limetype of `id`. */
  limetype?: string;
};

/** A file as it is uploaded. */
export type LimeFile = { name: string; contentType: string; bytes: Uint8Array };

/** Longest path with query that is sent; the length servers and proxies take is not documented by Lime. */
export const longestPath = 7_500;

/** Values that go into one IN: URLs stay within what Lime's own clients send. */
export const mostValues = 100;

/** Limeobjects one page of a query returns; Lime's own integrations page by this number. */
export const pageSize = 200;

const segment = encodeURIComponent;

export const createObject = (limetype: string, body: Record<string, unknown>): LimeRequest => ({
  method: 'POST',
  path: `/api/v1/limeobject/${segment(limetype)}/`,
  body,
});

/** PUT is partial in Lime: only the properties given are changed. */
export const updateObject = (limetype: string, id: number, body: Record<string, unknown>): LimeRequest => ({
  method: 'PUT',
  path: `/api/v1/limeobject/${segment(limetype)}/${id}/`,
  body,
  id,
  limetype,
});

export const readObject = (limetype: string, id: number): LimeRequest => ({
  method: 'GET',
  path: `/api/v1/limeobject/${segment(limetype)}/${id}/`,
  id,
  limetype,
});

export const readLimetype = (limetype: string): LimeRequest => ({
  method: 'GET',
  path: `/api/v1/limetype/${segment(limetype)}/?_embed=properties`,
});

/** The list of limetypes without their properties: what Lime answers to whoever may ask it anything. */
export const readLimetypeNames = (): LimeRequest => ({ method: 'GET', path: '/api/v1/limetype/' });

/** All limetypes that the API user may see, with their properties, in one answer. */
export const readLimetypes = (): LimeRequest => ({
  method: 'GET',
  path: '/api/v1/limetype/?_embed=limetypes.properties',
});

/** Stores a file, which no limeobject has until its id is written into a property of type file. */
export const uploadFile = (file: LimeFile): LimeRequest => ({ method: 'POST', path: '/api/v1/file/', file });

/** As Lime's own node for n8n writes it, leading semicolon and quotes included. */
export const dispositionOf = (name: string): string =>
  `;filename*="UTF-8''${segment(name.toWellFormed()).replace(/[!'()*]/g, percentEncoded)}"`;

/** What encodeURIComponent leaves as it is and RFC 8187 does not allow in a file name. */
const percentEncoded = (sign: string): string => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;

export type Filter =
  | { op: 'AND' | 'OR'; exp: Filter[] }
  | { key: string; op: '='; exp: string | number | boolean }
  /** Contains, and begins with; Lime's web client searches phone numbers with the first. */
  | { key: string; op: '?' | '=?'; exp: string }
  | { key: string; op: 'IN'; exp: (string | number)[] };

/** A Query API request for `_id` and the named properties, in the order of the ids. */
export const query = (
  limetype: string,
  properties: readonly string[],
  filter: Filter,
  offset = 0,
  { order = 'ASC', limit = pageSize }: { order?: 'ASC' | 'DESC'; limit?: number } = {},
): LimeRequest => {
  const object = Object.fromEntries(['_id', ...properties].map((property) => [property, null]));
  const q = { limetype, responseFormat: { object }, filter, orderBy: [{ _id: order }], limit, offset };
  // Commas and colons may stand in a query as they are, and a query has many of them.
  const encoded = segment(JSON.stringify(q)).replaceAll('%2C', ',').replaceAll('%3A', ':');
  return { method: 'GET', path: `/api/v1/query/?q=${encoded}` };
};

/** Limeobjects where any of `properties` is one of `values`. */
export const isOneOf = (properties: readonly string[], values: readonly string[]): Filter =>
  isAny(properties.map((key) => ({ key, op: 'IN', exp: [...values] })));

/** Limeobjects that one of the filters takes. */
export const isAny = (filters: readonly Filter[]): Filter => {
  const [first] = filters;
  return filters.length === 1 && first !== undefined ? first : { op: 'OR', exp: [...filters] };
};

/** Limeobjects where one of `properties` at least holds, of each list, one text at least. */
export const holdsOf = (properties: readonly string[], lists: readonly (readonly string[])[]): Filter => ({
  op: 'AND',
  exp: lists.map((texts) => isAny(properties.flatMap((key) => texts.map((exp): Filter => ({ key, op: '?', exp }))))),
});

/**
 * Splits values into as few parts as keep each query below the longest path and the most values of an IN. A value that
 * fits into no query is left out.
 */
export const chunksFor = <T>(all: readonly T[], toRequest: (chunk: readonly T[]) => LimeRequest): (readonly T[])[] => {
  const fits = (chunk: readonly T[]) => chunk.length <= mostValues && toRequest(chunk).path.length <= longestPath;
  const values = all.filter((value) => fits([value]));
  for (let parts = Math.ceil(values.length / mostValues); ; parts += 1) {
    const size = Math.ceil(values.length / parts);
    const chunks = Array.from({ length: parts }, (_, part) => values.slice(part * size, (part + 1) * size));
    if (chunks.every(fits)) return chunks.filter((chunk) => chunk.length > 0);
  }
};
