import { startSandbox } from '../../sandbox/sandbox.ts';
import { MappingError } from '../../shared/errors.ts';
import { createLime } from '../../shared/lime/client.ts';
import { createMetadata } from '../../shared/lime/metadata.ts';
import type { Metadata } from '../../shared/lime/wire.ts';
import { toDrafts } from '../../shared/mapping/draft.ts';
import { completePlan, limetypesOf } from '../../shared/mapping/plan/plan.ts';
import { toNotes } from '../../shared/notes/note.ts';
import { ACCEPTED_AT, Case, caseFiles, readCase } from '../cases/case.ts';

/** How often each case is planned by default. The median counts. */
const RUNS = 200;

/** Milliseconds for the mapping of a case, from the conversation to plans and notes, without requests. */
export type PlanTime = { title: string; milliseconds: number };

/** Times every case of `test/cases`. */
export async function timePlans({
  clock = () => performance.now(),
  runs = RUNS,
}: {
  clock?: () => number;
  runs?: number;
} = {}): Promise<PlanTime[]> {
  const planTimes: PlanTime[] = [];
  for (const file of caseFiles()) {
    const one = Case.parse(readCase(file));
    const metadata = await metadataFor(one);
    const times = Array.from({ length: runs }, () => {
      const from = clock();
      plan(one, metadata);
      return clock() - from;
    }).sort((a, b) => a - b);
    planTimes.push({ title: one.title, milliseconds: times[Math.floor(runs / 2)] ?? 0 });
  }
  return planTimes.sort((a, b) => a.milliseconds - b.milliseconds);
}

function plan({ conversation, settings }: Case, metadata: Metadata): void {
  try {
    for (const draft of toDrafts(conversation, settings)) {
      const { head, history } = completePlan(draft, metadata, ACCEPTED_AT);
      const { entries } = draft;
      toNotes({ conversation: String(conversation.id), head, entries, continued: false, length: history.length });
    }
  } catch (error) {
    if (!(error instanceof MappingError)) throw error;
  }
}

async function metadataFor({ tenant, conversation, settings }: Case): Promise<Metadata> {
  const sandbox = await startSandbox({ port: 0, schema: tenant });
  const secret = async () => ({ url: sandbox.url, apiKey: 'local-lime-key' });
  const read = createMetadata(createLime({ secret, refetchSecret: secret, rateLimiter: async () => {}, fetch }));
  try {
    return await read(toDrafts(conversation, settings).flatMap(limetypesOf));
  } catch (error) {
    if (!(error instanceof MappingError)) throw error;
    return new Map();
  } finally {
    await sandbox.close();
  }
}
