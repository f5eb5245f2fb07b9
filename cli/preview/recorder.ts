import type { Lime } from '../../shared/lime/lime.ts';

/** The id of a limeobject that would be created, counted from 1 for each run. */
export type Created = { created: number };

/** A request that would be sent, with only the name of a file. `creates` is the number of the limeobject it creates. */
export type DryRequest = {
  method: 'POST' | 'PUT';
  path: string;
  body: unknown;
  creates?: number;
};

export type Recorder = {
  lime: Lime;
  requests: DryRequest[];
  /** The owner of an id: a limeobject of the tenant, or one of the run. */
  idOf: (id: number) => number | Created;
};

/** Ids from here on belong to the run. Neither a tenant nor Userlike reaches them. */
const FIRST_ID = 8_000_000_000_000_001;

/** Sends reading requests to the tenant. Records all others and responds with ids of the run. */
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
