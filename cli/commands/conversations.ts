import type { Command } from 'commander';
import * as z from 'zod';
import { settingsFor } from '../../shared/load-settings.ts';
import { metrics } from '../../shared/metrics.ts';
import type { Bridge } from '../aws/open.ts';
import { UsageError } from '../errors.ts';
import { drop } from '../failed/drop.ts';
import { isEmpty } from '../failed/filter.ts';
import { list } from '../failed/list.ts';
import { retry } from '../failed/retry.ts';
import { show } from '../failed/show.ts';
import { checkForget, forget } from '../forget/forget.ts';
import { readHashKey } from '../forget/hash-key.ts';
import { readSettings, settingsDirectoryOf } from '../forget/settings.ts';
import { reconcile } from '../reconcile/reconcile.ts';
import { readTarget, type Target } from '../target.ts';
import { type Context, flag, momentAt, read, text } from './options.ts';

/** The steps at which a record can be parked. */
const steps = metrics.Parked.values;

const Shared = z.looseObject({
  stage: text,
  queueUrl: text,
  interactiveQueueUrl: text,
  dlqUrl: text,
  ledgerTable: text,
});

const ShowOptions = z.object({ content: flag, json: flag });
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
const DropOptions = z.object({ yes: flag });
const ForgetOptions = z.object({
  organization: z.string(),
  conversation: z.array(z.string()).optional(),
  contact: text,
  settingsDirectory: text,
  yes: flag,
  dryRun: flag,
  json: flag,
});
const ReconcileOptions = z.object({
  since: z.string(),
  until: text,
  organization: text,
  log: z.array(z.string()).optional(),
  json: flag,
});

/** Adds the commands about conversations. */
export function addConversationCommands(program: Command, { environment, io, ended }: Context): void {
  const open = async (command: Command): Promise<{ bridge: Bridge } & Omit<Target, 'where'>> => {
    const { where, ...target } = readTarget(Shared.parse(command.optsWithGlobals()), environment);
    // Loaded late, because the AWS SDK loads slowly and help does not need it.
    const { openBridge } = await import('../aws/open.ts');
    return { bridge: await openBridge(where, environment, io), ...target };
  };

  const failed = program.command('failed').description('the conversations in the DLQ');

  withFilter(failed.command('list'))
    .description('show parked conversations and the reasons')
    .option('--json', 'print JSON')
    .action(async (options: unknown, command: Command) => {
      const { json, ...filter } = read(z.object({ ...filterOptions(io.now()), json: flag }), options);
      ended(await list((await open(command)).bridge.deadLetters, io, { ...filter, json }));
    });

  failed
    .command('show <id>')
    .description('show one record and the entry of its conversation in the ledger')
    .option('--content', 'also the conversation itself: personal data')
    .option('--json', 'print JSON')
    .action(async (id: string, options: unknown, command: Command) => {
      const { content, json } = read(ShowOptions, options);
      ended(await show((await open(command)).bridge, io, { id, content, json }));
    });

  withFilter(failed.command('retry'))
    .description('send records to a queue again; a record leaves the DLQ once the queue has it')
    .option('--id <id...>', 'these records')
    .option('--all', 'every record')
    .option('--rate <n>', "records a second (default: half of Lime's budget, LIME_REQUESTS_PER_SECOND, 9 if not set)")
    .option('--dry-run', 'only show which would be sent')
    .action(async (options: unknown, command: Command) => {
      const {
        all,
        rate,
        dryRun = false,
        ...filter
      } = read(z.object({ ...filterOptions(io.now()), ...retryOptions }), options);
      if (isEmpty(filter) === (all !== true)) {
        throw new UsageError(
          all
            ? 'failed retry: --all means every record; leave out the other conditions'
            : 'failed retry: choose records (--id, --organization, --conversation, --reason, --step, --since, --until), or --all',
        );
      }
      const { bridge, limeRequestsPerSecond } = await open(command);
      const perSecond = rate ?? limeRequestsPerSecond / REQUESTS_PER_CONVERSATION;
      ended(await retry(bridge, io, { filter, perSecond, dryRun }));
    });

  failed
    .command('drop <id>')
    .description('delete one record for good')
    .option('--yes', 'confirm')
    .action(async (id: string, options: unknown, command: Command) => {
      const { yes } = read(DropOptions, options);
      ended(await drop(async () => (await open(command)).bridge.deadLetters, io, { id, yes }));
    });

  program
    .command('reconcile')
    .description('check that every accepted conversation is delivered, parked or queued')
    .option('--since <when>', 'begin: 30m, 24h or 7d ago, or an ISO time with a zone', '24h')
    .option('--until <when>', 'end (default: a minute ago; with --log now)')
    .option('--organization <id>', 'of this organization')
    .option('--log <file...>', 'JSON lines that intake logged, instead of CloudWatch Logs')
    .option('--json', 'print JSON')
    .action(async (options: unknown, command: Command) => {
      const checked = read(ReconcileOptions, options);
      ended(await reconcile((await open(command)).bridge, io, checked));
    });

  program
    .command('forget')
    .description("erase a person's data in queues, DLQ and ledger; without --yes only show it")
    .requiredOption('--organization <id>', 'of this organization')
    .option('--conversation <id...>', 'of these conversations')
    .option('--contact <text>', "of this contact's records: e-mail address, phone number, id or external id")
    .option('--settings-directory <dir>', 'the deployed settings, if neither settings/ nor cdk.json has them')
    .option('--yes', 'confirm')
    .option('--dry-run', 'only show what would be erased')
    .option('--json', 'print JSON')
    .action(async (options: unknown, command: Command) => {
      const checked = read(ForgetOptions, options);
      checkForget(checked);
      const settingsDirectory = settingsDirectoryOf(checked.settingsDirectory, environment);
      const settings = settingsFor(readSettings(settingsDirectory), checked.organization);
      const { bridge, stage } = await open(command);
      const hashKey = () => readHashKey({ stage, organization: checked.organization }, environment, io);
      ended(await forget(bridge, io, { ...checked, settingsDirectory }, { settings, readHashKey: hashKey }));
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

/** A new conversation takes two requests to Lime: one for the limeobject, one for the note. */
const REQUESTS_PER_CONVERSATION = 2;

function withFilter(command: Command): Command {
  return command
    .option('--organization <id>', 'of this organization')
    .option('--conversation <id>', 'of this conversation')
    .option('--reason <text>', 'with this text in the reason, upper or lower case')
    .option('--step <step>', `parked at this step: ${steps.join(', ')}`)
    .option('--since <when>', 'in the DLQ since then or later: 30m, 24h or 7d ago, or an ISO time with a zone')
    .option('--until <when>', 'in the DLQ for longer than that');
}
