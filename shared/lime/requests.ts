/** One request to Lime's REST API, below the tenant's URL. */
export type LimeRequest = {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  body?: Record<string, unknown>;
  /** Sent unchanged instead of a JSON body. */
  file?: LimeFile;
  /** The limeobject of the request. A 404 means that it is gone. */
  id?: number;
  /** The limetype of `id`. */
  limetype?: string;
};

/** A file as it is uploaded. */
export type LimeFile = { name: string; contentType: string; bytes: Uint8Array };

/** Longest path with query. Lime does not document the length that its servers and proxies accept. */
export const LONGEST_PATH = 7_500;

/** Values in one IN. Keeps URLs as short as those of Lime's own clients. */
export const MOST_VALUES = 100;

/** Limeobjects in one page of a query, as in Lime's own integrations. */
export const PAGE_SIZE = 200;

/** Timeout of one request, response included. Uploads may take longer. */
export const REQUEST_TIMEOUT_MS = 10_000;

/** Time for each megabyte of a file, at 20 Mbit/s. */
const UPLOAD_MS_PER_MEGABYTE = 400;

/** Milliseconds that this request may take, its response included. */
export function timeoutOf({ file }: LimeRequest): number {
  if (file === undefined) return REQUEST_TIMEOUT_MS;
  return REQUEST_TIMEOUT_MS + Math.ceil((file.bytes.byteLength / 1_000_000) * UPLOAD_MS_PER_MEGABYTE);
}

export function createObject(limetype: string, body: Record<string, unknown>): LimeRequest {
  return { method: 'POST', path: `/api/v1/limeobject/${encodeURIComponent(limetype)}/`, body };
}

/** PUT is partial in Lime: it changes only the given properties. */
export function updateObject(limetype: string, id: number, body: Record<string, unknown>): LimeRequest {
  return { method: 'PUT', path: pathOf(limetype, id), body, id, limetype };
}

export function readObject(limetype: string, id: number): LimeRequest {
  return { method: 'GET', path: pathOf(limetype, id), id, limetype };
}

function pathOf(limetype: string, id: number): string {
  return `/api/v1/limeobject/${encodeURIComponent(limetype)}/${id}/`;
}

export function readLimetype(limetype: string): LimeRequest {
  return { method: 'GET', path: `/api/v1/limetype/${encodeURIComponent(limetype)}/?_embed=properties` };
}

/** The list of limetypes without their properties, which every API user may read. */
export function readLimetypeNames(): LimeRequest {
  return { method: 'GET', path: '/api/v1/limetype/' };
}

/** All limetypes that the API user may see, with their properties, in one response. */
export function readLimetypes(): LimeRequest {
  return { method: 'GET', path: '/api/v1/limetype/?_embed=limetypes.properties' };
}

/** Stores a file. The file belongs to no limeobject until its id is written into a property of type file. */
export function uploadFile(file: LimeFile): LimeRequest {
  return { method: 'POST', path: '/api/v1/file/', file };
}

/** As Lime's own node for n8n writes it, leading semicolon and quotes included. */
export function dispositionOf(name: string): string {
  return `;filename*="UTF-8''${encodeURIComponent(name.toWellFormed()).replace(/[!'()*]/g, percentEncoded)}"`;
}

/** Escapes characters that encodeURIComponent keeps and RFC 8187 does not allow in a file name. */
function percentEncoded(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
}

export type Filter =
  | { op: 'AND' | 'OR'; exp: Filter[] }
  | { key: string; op: '='; exp: string | number | boolean }
  /** Contains, and begins with. Lime's web client searches phone numbers with the first. */
  | { key: string; op: '?' | '=?'; exp: string }
  | { key: string; op: 'IN'; exp: (string | number)[] };

/** A Query API request for `_id` and the named properties, in the order of the ids. */
export function query(
  limetype: string,
  properties: readonly string[],
  filter: Filter,
  offset = 0,
  { order = 'ASC', limit = PAGE_SIZE }: { order?: 'ASC' | 'DESC'; limit?: number } = {},
): LimeRequest {
  const object = Object.fromEntries(['_id', ...properties].map((property) => [property, null]));
  const q = { limetype, responseFormat: { object }, filter, orderBy: [{ _id: order }], limit, offset };
  // Commas and colons are valid in a query, and a query has many of them.
  const encoded = encodeURIComponent(JSON.stringify(q)).replaceAll('%2C', ',').replaceAll('%3A', ':');
  return { method: 'GET', path: `/api/v1/query/?q=${encoded}` };
}

/** Limeobjects where one of `properties` has one of `values`. */
export function isOneOf(properties: readonly string[], values: readonly string[]): Filter {
  return isAny(properties.map((key) => ({ key, op: 'IN', exp: [...values] })));
}

/** Limeobjects that match one of the filters. */
export function isAny(filters: readonly Filter[]): Filter {
  const [first] = filters;
  return filters.length === 1 && first !== undefined ? first : { op: 'OR', exp: [...filters] };
}

/** Limeobjects where one of `properties` contains, of each list, at least one text. */
export function holdsOf(properties: readonly string[], lists: readonly (readonly string[])[]): Filter {
  return {
    op: 'AND',
    exp: lists.map((texts) => isAny(properties.flatMap((key) => texts.map((exp): Filter => ({ key, op: '?', exp }))))),
  };
}

/** True if a query is within the longest path and the most values of an IN. */
export function fitsIntoQuery(values: readonly unknown[], { path }: LimeRequest): boolean {
  return values.length <= MOST_VALUES && path.length <= LONGEST_PATH;
}

/**
 * Splits values into as few parts as fit into the longest path and the most values of an IN. Values that fit into no
 * query are left out.
 */
export function chunksFor<T>(all: readonly T[], toRequest: (chunk: readonly T[]) => LimeRequest): (readonly T[])[] {
  const fits = (chunk: readonly T[]) => fitsIntoQuery(chunk, toRequest(chunk));
  if (all.length > 0 && fits(all)) return [all];
  const values = all.filter((value) => fits([value]));
  // Encoding takes most of the time, and fewer parts than this cannot fit.
  const least = values.length === 0 ? 0 : Math.ceil(toRequest(values).path.length / LONGEST_PATH);
  for (let parts = Math.max(least, Math.ceil(values.length / MOST_VALUES)); ; parts += 1) {
    const size = Math.ceil(values.length / parts);
    const chunks = Array.from({ length: parts }, (_, part) => values.slice(part * size, (part + 1) * size));
    if (chunks.every(fits)) return chunks.filter((chunk) => chunk.length > 0);
  }
}
