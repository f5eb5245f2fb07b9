import type { Lime } from '../../shared/lime/lime.ts';

/** The id of a limeobject that would be created: its number in the run, from 1. */
export type Created = { created: number };

/**
 * A request that would be sent, with the names of files instead of their contents. With `creates`, Lime would respond
 * with that limeobject's id.
 */
export type DryRequest = {
  method: 'POST' | 'PUT';
  path: string;
  body: unknown;
  creates?: number;
};

export type Recorder = {
  lime: Lime;
  requests: DryRequest[];
  /** An id of the tenant, or of a limeobject that the run would create. */
  idOf: (id: number) => number | Created;
};

/** Ids above all of Lime's and Userlike's, so that they identify limeobjects of the run. */
const FIRST_ID = 8_000_000_000_000_001;

/** Passes reads to the tenant. Records writes, and responds to them with ids of its own. */
export function createRecorder(lime: Lime): Recorder {
  const requests: DryRequest[] = [];
  let made = 0;

  const idOf = (id: number): number | Created =>
    id >= FIRST_ID && id < FIRST_ID + made ? { created: id - FIRST_ID + 1 } : id;

  const shown = (value: unknown): unknown => {
    if (typeof value === 'number') return idOf(value);
    if (Array.isArray(value)) return value.map(shown);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shown(inner)]));
  };

  return {
    requests,
    idOf,
    lime: async (request, answer) => {
      const { method, path, file } = request;
      const body = file === undefined ? request.body : { filename: file.name };
      if (method === 'GET') return lime(request, answer);
      if (method === 'PUT') {
        requests.push({ method, path, body: shown(body) });
        return answer.parse(null);
      }
      const id = FIRST_ID + made;
      requests.push({ method, path, body: shown(body), creates: made + 1 });
      made += 1;
      return answer.parse({ _id: id, id });
    },
  };
}
