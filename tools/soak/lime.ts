import * as z from 'zod';
import type { LimeFault } from './schedule.ts';
import { conversationIn, type EndState } from './verdict.ts';

const Stats = z.looseObject({
  requests: z.int(),
  byStatusClass: z.record(z.string(), z.int()),
  byMethod: z.record(z.string(), z.int()),
  mostWithin: z.object({ '1s': z.int(), '5s': z.int(), '300s': z.int() }),
  outstanding: z.int(),
});
export type LimeStats = z.infer<typeof Stats>;

const Requests = z.array(
  z.looseObject({ at: z.iso.datetime(), method: z.string(), path: z.string(), status: z.int().nullable() }),
);
export type LimeRequests = z.infer<typeof Requests>;

/** Requests that a fault has refused: a limeobject's by its title, a note's by its first line. */
const Refused = z.array(
  z.looseObject({
    faults: z.array(z.string()),
    body: z.looseObject({ title: z.string().optional(), note: z.string().optional() }).optional(),
  }),
);

const id = z.int().nullish();
const Helpdesks = z.array(
  z.looseObject({
    _id: z.int(),
    title: z.string(),
    email: z.string().nullish(),
    person: id,
    company: id,
    coworker: id,
  }),
);
const Notes = z.array(z.looseObject({ note: z.string(), helpdesk: id }));
const Related = z.array(z.looseObject({ _id: z.int(), email: z.string().nullish(), name: z.string().nullish() }));

/** The sandbox as a run sees it, by its control routes. */
export type LimeControl = {
  stats: () => Promise<LimeStats>;
  /** The last 5,000 requests. */
  requests: () => Promise<LimeRequests>;
  forgetRequests: () => Promise<void>;
  /** Takes the place of all faults before it. */
  setFaults: (faults: readonly LimeFault[]) => Promise<void>;
  /** Makes faults that happen by chance repeatable. */
  seed: (seed: number) => Promise<void>;
  /** The conversations to which a fault has answered 422, among the last 5,000 requests. */
  refused: () => Promise<number[]>;
  content: () => Promise<Pick<EndState, 'helpdesks' | 'notes'>>;
};

export function createLimeControl(sandboxUrl: string): LimeControl {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${sandboxUrl}/_sandbox/${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  /** What tells the limeobjects of a limetype apart, by their ids. */
  const related = async (limetype: string, property: 'email' | 'name') => {
    const all = Related.parse(await call('GET', `objects/${limetype}`));
    const texts = new Map(all.map(({ _id, ...row }) => [_id, row[property] ?? `${limetype} ${_id}`]));
    return (id: number | null | undefined): string | undefined =>
      id == null ? undefined : (texts.get(id) ?? `no ${limetype} ${id}`);
  };
  return {
    stats: async () => Stats.parse(await call('GET', 'stats')),
    requests: async () => Requests.parse(await call('GET', 'requests')),
    forgetRequests: async () => {
      await call('DELETE', 'requests');
    },
    setFaults: async (faults) => {
      await call('PUT', 'faults', faults);
    },
    seed: async (seed) => {
      await call('PUT', 'settings', { seed });
    },
    refused: async () =>
      Refused.parse(await call('GET', 'requests?status=422')).flatMap(({ faults, body }) => {
        const conversation = conversationIn(body?.title ?? body?.note ?? '');
        return faults.length === 0 || conversation === undefined ? [] : [conversation];
      }),
    content: async () => {
      const [helpdesks, notes] = await Promise.all([call('GET', 'objects/helpdesk'), call('GET', 'objects/history')]);
      const [person, company, coworker] = await Promise.all([
        related('person', 'email'),
        related('company', 'name'),
        related('coworker', 'email'),
      ]);
      return {
        helpdesks: Helpdesks.parse(helpdesks).map((row) => ({
          id: row._id,
          title: row.title,
          email: row.email ?? undefined,
          links: { person: person(row.person), company: company(row.company), coworker: coworker(row.coworker) },
        })),
        notes: Notes.parse(notes).map(({ note, helpdesk }) => ({ helpdesk: helpdesk ?? undefined, text: note })),
      };
    },
  };
}
