import { Command, CommanderError } from 'commander';
import * as z from 'zod';
import type { Bridge } from './aws/open.ts';
import { explain, UsageError } from './errors.ts';
import { drop } from './failed/drop.ts';
import { isEmpty } from './failed/filter.ts';
import { list } from './failed/list.ts';
import { retry } from './failed/retry.ts';
import { show } from './failed/show.ts';
import type { Io } from './io.ts';
import { reconcile } from './reconcile/reconcile.ts';
import { readTarget } from './target.ts';

const text = z.string().optional();
const flag = z.boolean().optional();

const Shared = z.looseObject({ stage: text, queueUrl: text, dlqUrl: text, ledgerTable: text });
const FilterOptions = z.object({ organization: text, conversation: text, reason: text, step: text });
const ListOptions = z.object({ ...FilterOptions.shape, json: flag });
const ShowOptions = z.object({ content: flag, json: flag });
const RetryOptions = z.object({
  ...FilterOptions.shape,
  id: z.array(z.string()).optional(),
  all: flag,
  rate: z.coerce.number('must be a number').min(0.1, 'must be at least 0.1').max(1_000, 'must be at most 1000').optional(),
  dryRun: flag,
});
const DropOptions = z.object({ yes: flag });
const ReconcileOptions = z.object({
  since: z.string(),
  until: text,
  organization: text,
  log: z.array(z.string()).optional(),
  json: flag,
});
