import type { Lime } from '../../shared/lime/lime.ts';

/** The id of a limeobject that would have been made: the how manyth of the run it is, from 1. */
export type Created = { created: number };

/** A request that would have been sent; of a file its name alone. Where `creates` is given, its answer would have held that limeobject's id. */
export type DryRequest = {
  method: 'POST' | 'PUT';
  path: string;
  body: unknown;
  creates?: number;
};

export type Recorder = {
  lime: Lime;
  requests: DryRequest[];
  /** What has this id: a limeobject of the tenant, or one of the run. */
  idOf: (id: number) => number | Created;
};

/** Ids no tenant comes to, nor Userlike: what is made in the run is told by them. */
const FIRST_ID = 8_000_000_000_000_001;

/** Lets what only reads through to the tenant, and records what would change it, answered with ids of its own. */
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
