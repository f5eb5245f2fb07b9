import type { Command } from 'commander';
import * as z from 'zod';
import { settingsFor } from '../../shared/load-settings.ts';
import { showConversation } from '../conversation/show.ts';
import { checkForget, forget } from '../forget/forget.ts';
import { readHashKey } from '../forget/hash-key.ts';
import { readSettings, settingsDirectoryOf } from '../forget/settings.ts';
import { logs } from '../logs/logs.ts';
import { reconcile } from '../reconcile/reconcile.ts';
import { openEndpoint } from '../send/endpoint.ts';
import { send } from '../send/send.ts';
import { status } from '../status/status.ts';
import { parseMoment, TIME_FORMATS } from '../time.ts';
import { open } from './open.ts';
import { type Context, flag, Organization, read, text } from './options.ts';

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
const SendOptions = z.object({
  stage: text,
  organization: Organization.optional(),
  callsOf: z.coerce
    .number('must be a number')
    .pipe(z.int().min(1, 'must be at least 1').max(1_000, 'must be at most 1000')),
  json: flag,
});
const WHEN = '30m, 24h or 7d ago, or an ISO time with a zone';

/** Adds the commands about conversations. */
export function addConversationCommands(program: Command, context: Context): void {
  const { environment, io, ended } = context;
  const since = z.string().transform((typed, check) => {
    const moment = parseMoment(typed, io.now());
    if (moment === undefined) check.addIssue(TIME_FORMATS);
    return moment ?? z.NEVER;
  });

  program
    .command('status')
    .description('show what waits, is tried again or is parked, since when and why')
    .option('--organization <id>', 'of this organization')
    .option('--since <when>', `read log lines since then: ${WHEN}`, '75m')
    .option('--json', 'print JSON')
    .action(async (options: unknown, command: Command) => {
      const checked = read(z.object({ organization: text, since, json: flag }), options);
      const { bridge, limeRequestsPerSecond } = await open(command, context);
      ended(await status(bridge, io, { ...checked, limeRequestsPerSecond }));
    });

  program
    .command('show <conversation>')
    .description('show what became of a conversation, by its number, and what to do next')
    .option('--organization <id>', 'of this organization, if several have the number')
    .option('--since <when>', `read log lines since then: ${WHEN}`, '24h')
    .option('--json', 'print JSON')
    .action(async (conversation: string, options: unknown, command: Command) => {
      const checked = read(z.object({ organization: text, since, json: flag }), options);
      const { bridge } = await open(command, context);
      ended(await showConversation(bridge, io, { conversation, ...checked }, environment));
    });

  program
    .command('logs')
    .description('show what happened, one line for each event')
    .option('--conversation <id>', 'of this conversation')
    .option('--organization <id>', 'of this organization')
    .option('--since <when>', WHEN, '15m')
    .option('--follow', 'go on until Ctrl-C')
    .option('--json', 'print the log lines as they are')
    .action(async (options: unknown, command: Command) => {
      const shape = { conversation: text, organization: text, since, follow: flag, json: flag };
      const checked = read(z.object(shape), options);
      ended(await logs((await open(command, context)).bridge, io, checked));
    });

  program
    .command('send <path>')
    .description("send conversations as Userlike's add-on does: a file, a directory, or - for stdin")
    .option('--organization <id>', 'whose endpoint and key are used')
    .option('--calls-of <n>', 'conversations of one call', '20')
    .option('--json', 'print JSON')
    .action(async (path: string, _options: unknown, command: Command) => {
      const { organization, stage, ...options } = read(SendOptions, command.optsWithGlobals());
      ended(await send(() => openEndpoint({ organization, stage }, environment), io, { path, ...options }));
    });

  program
    .command('reconcile')
    .description('check that every accepted conversation is delivered, parked or queued')
    .option('--since <when>', `begin: ${WHEN}`, '24h')
    .option('--until <when>', 'end (default: a minute ago; with --log now)')
    .option('--organization <id>', 'of this organization')
    .option('--log <file...>', 'JSON lines that intake logged, instead of CloudWatch Logs')
    .option('--json', 'print JSON')
    .action(async (options: unknown, command: Command) => {
      const checked = read(ReconcileOptions, options);
      ended(await reconcile((await open(command, context)).bridge, io, checked));
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
      const { bridge, stage } = await open(command, context);
      const hashKey = () => readHashKey({ stage, organization: checked.organization }, environment, io);
      ended(await forget(bridge, io, { ...checked, settingsDirectory }, { settings, readHashKey: hashKey }));
    });
}
