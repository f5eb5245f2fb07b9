import type { Command } from 'commander';
import * as z from 'zod';
import { metrics } from '../../shared/metrics.ts';
import { UsageError } from '../errors.ts';
import { drop } from '../failed/drop.ts';
import { isEmpty } from '../failed/filter.ts';
import { list } from '../failed/list.ts';
import { retry } from '../failed/retry.ts';
import { show } from '../failed/show.ts';
import { open } from './open.ts';
import { type Context, flag, momentAt, read, text } from './options.ts';

/** The steps at which a record can be parked. */
const steps = metrics.Parked.values;

const ShowOptions = z.object({ organization: text, content: flag, json: flag });
const retryOptions = {
  id: z.array(z.string()).optional(),
  all: flag,
  rate: z.coerce
    .number('must be a number')
    .min(0.1, 'must be at least 0.1')
    .max(1_000, 'must be at most 1000')
    .optional(),
  dryRun: flag,
};
const DropOptions = z.object({ organization: text, delivered: flag, yes: flag });

/** A new conversation takes two requests to Lime: one for the limeobject, one for the note. */
const REQUESTS_PER_CONVERSATION = 2;

/** Adds the commands about the DLQ. */
export function addFailedCommands(program: Command, context: Context): void {
  const { io, ended } = context;
  const failed = program.command('failed').description('the conversations in the DLQ');

  withFilter(failed.command('list'))
    .description('show parked conversations and the reasons')
    .option('--json', 'print JSON')
    .action(async (options: unknown, command: Command) => {
      const { json, ...filter } = read(z.object({ ...filterOptions(io.now()), json: flag }), options);
      ended(await list((await open(command, context)).bridge, io, { ...filter, json }));
    });

  failed
    .command('show <id>')
    .description("show a record, or all of a conversation by its number, with the ledger's entry")
    .option('--organization <id>', 'of this organization, if several have the number')
    .option('--content', 'also the conversation itself: personal data')
    .option('--json', 'print JSON')
    .action(async (id: string, options: unknown, command: Command) => {
      const checked = read(ShowOptions, options);
      ended(await show((await open(command, context)).bridge, io, { id, ...checked }));
    });

  withFilter(failed.command('retry [ids...]'))
    .description('send records to a queue again; a record leaves the DLQ once the queue has it')
    .option('--id <id...>', 'these records; the same as without --id')
    .option('--all', 'every record')
    .option('--rate <n>', "records a second (default: half of Lime's budget, LIME_REQUESTS_PER_SECOND, 9 if not set)")
    .option('--dry-run', 'only show which would be sent')
    .action(async (ids: string[], options: unknown, command: Command) => {
      const {
        all,
        rate,
        dryRun = false,
        id = [],
        ...others
      } = read(z.object({ ...filterOptions(io.now()), ...retryOptions }), options);
      const named = [...ids, ...id];
      const filter = { ...others, id: named.length === 0 ? undefined : named };
      if (isEmpty(filter) === (all !== true)) {
        throw new UsageError(
          all
            ? 'failed retry: --all means every record; leave out the other conditions'
            : 'failed retry: choose records (--id, --organization, --conversation, --reason, --step, --since, --until), or --all',
        );
      }
      const { bridge, limeRequestsPerSecond } = await open(command, context);
      const perSecond = rate ?? limeRequestsPerSecond / REQUESTS_PER_CONVERSATION;
      ended(await retry(bridge, io, { filter, perSecond, dryRun }));
    });

  failed
    .command('drop [id]')
    .description('delete a record, or all of a conversation by its number, for good')
    .option('--organization <id>', 'of this organization')
    .option('--delivered', 'every record whose version Lime has by now')
    .option('--yes', 'confirm')
    .action(async (id: string | undefined, options: unknown, command: Command) => {
      const checked = read(DropOptions, options);
      ended(await drop(async () => (await open(command, context)).bridge, io, { id, ...checked }));
    });
}

function filterOptions(now: number) {
  return {
    organization: text,
    conversation: text,
    reason: text,
    step: z.enum(steps, `must be one of ${steps.join(', ')}`).optional(),
    since: momentAt(now),
    until: momentAt(now),
  };
}

function withFilter(command: Command): Command {
  return command
    .option('--organization <id>', 'of this organization')
    .option('--conversation <id>', 'of this conversation')
    .option('--reason <text>', 'with this text in the reason, upper or lower case')
    .option('--step <step>', `parked at this step: ${steps.join(', ')}`)
    .option('--since <when>', 'in the DLQ since then or later: 30m, 24h or 7d ago, or an ISO time with a zone')
    .option('--until <when>', 'in the DLQ for longer than that');
}
