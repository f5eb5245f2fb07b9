import * as z from 'zod';
import type { LimeControl } from '../harness/lime-control.ts';
import { conversationIn, type EndState } from './verdict.ts';

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

/** A limeobject names its conversation in the title, a note in the first line. */
const Body = z.looseObject({ title: z.string().optional(), note: z.string().optional() });

/** The conversations whose requests a fault answered with 422, among the requests that the sandbox still has. */
export async function refusedConversations({ requests }: LimeControl): Promise<number[]> {
  return (await requests(422)).flatMap(({ faults, body }) => {
    const { title, note = '' } = Body.safeParse(body).data ?? {};
    const conversation = conversationIn(title ?? note);
    return faults.length === 0 || conversation === undefined ? [] : [conversation];
  });
}

/** The helpdesks and notes in Lime. */
export async function readContent(lime: LimeControl): Promise<Pick<EndState, 'helpdesks' | 'notes'>> {
  const [helpdesks, notes, person, company, coworker] = await Promise.all([
    lime.objects('helpdesk'),
    lime.objects('history'),
    namesOf(lime, 'person', 'email'),
    namesOf(lime, 'company', 'name'),
    namesOf(lime, 'coworker', 'email'),
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
}

/** Maps the ids of a limetype to the keys that the verdict uses. */
async function namesOf({ objects }: LimeControl, limetype: string, property: 'email' | 'name') {
  const rows = Related.parse(await objects(limetype));
  const names = new Map(rows.map(({ _id, ...row }) => [_id, row[property] ?? `${limetype} ${_id}`]));
  return (id: number | null | undefined): string | undefined =>
    id == null ? undefined : (names.get(id) ?? `no ${limetype} ${id}`);
}
