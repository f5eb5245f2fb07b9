import * as z from 'zod';

/** What a bulk import is to do. */
export const Metadata = z.strictObject({
  limetype: z.string(),
  /** `person.email` stands for the relation `person`, found by its e-mail. */
  properties: z.array(z.string()).min(1),
  mode: z.enum(['create', 'update', 'create_or_update']),
  matchingProperty: z.string().optional(),
});

/** What became of its rows. */
export type Counts = { total: number; created: number; updated: number; skipped: number; failed: number };

/** A bulk import as Lime shows it. */
export type Job = {
  id: number;
  createdBy: number;
  fileId: number | null;
  status: 'waiting_for_data' | 'ready' | 'running' | 'succeeded' | 'failed';
  startedAt: string | null;
  endedAt: string | null;
  metadata: z.infer<typeof Metadata>;
  result: Counts | null;
  extras: { task_id: string } | null;
};
