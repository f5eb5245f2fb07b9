import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import * as z from 'zod';
import { Settings } from '../../shared/mapping/settings/settings.ts';
import { check } from '../check/check.ts';
import { connect } from '../connect/connect.ts';
import { UsageError } from '../errors.ts';
import { init } from '../init/init.ts';
import { preview } from '../preview/preview.ts';
import { type Context, flag, Organization, read, text } from './options.ts';
import { SandboxOption, withSandbox } from './sandbox-option.ts';

const whose = { stage: text, organization: Organization.optional(), sandbox: SandboxOption };
const CheckOptions = z.object({ ...whose, settings: text, against: text, json: flag });
const { timeZone, country, language } = Settings.shape;
const InitOptions = z.object({
  ...whose,
  output: text,
  target: z
    .string()
    .transform((list) => list.split(',').map((name) => name.trim()))
    .optional(),
  force: flag,
  timeZone,
  country,
  language,
});
const PreviewOptions = z.object({ ...whose, settings: text, json: flag });
const ConnectOptions = z.object({
  stage: text,
  organization: Organization,
  rotate: flag,
  rotateLinkKey: flag,
});
/** Adds the commands for an organization's settings and keys. */
export function addSetupCommands(program: Command, { environment, io, ended }: Context): void {
  withSandbox(program.command('check [file]'))
    .description("check settings against a tenant's data model: LIME_URL and LIME_API_KEY, or --organization's secret")
    .option('--organization <id>', 'whose settings are checked; without LIME_URL also the tenant, by its stored secret')
    .option('--settings <file>', 'a settings file, instead of those in settings/; the same as [file]')
    .option('--against <file>', 'real conversations that the settings are tried on')
    .option('--json', 'print JSON')
    .action(async (file: string | undefined, _options: unknown, command: Command) => {
      const { settings, ...options } = read(CheckOptions, command.optsWithGlobals());
      if (file !== undefined && settings !== undefined) {
        throw new UsageError('check: one settings file, as [file] or as --settings');
      }
      ended(await check({ settings: file ?? settings, ...options }, environment, io));
    });

  withSandbox(program.command('init'))
    .description('write settings for a tenant by its data model')
    .option('--organization <id>', 'for settings/<id>.json; without LIME_URL also the tenant, by its stored secret')
    .option('--output <file>', 'instead of settings/<organization>.json')
    .option('--target <list>', 'helpdesk, deal or names of limetypes; the first is the fallback')
    .option('--time-zone <zone>', 'for times and days, else Europe/Stockholm')
    .option('--country <code>', 'of phone numbers without a country code, else SE')
    .option('--language <code>', 'of headings and titles, else en')
    .option('--force', 'overwrite an existing file')
    .action(async (_options: unknown, command: Command) => {
      const { timeZone, country, language, ...options } = read(InitOptions, command.optsWithGlobals());
      ended(await init({ region: { timeZone, country, language }, ...options }, environment, io));
    });

  withSandbox(program.command('preview <file>'))
    .description('show what each property of a conversation becomes in Lime, without sending. - is stdin')
    .option('--organization <id>', 'instead of the one in the conversation')
    .option('--settings <file>', 'a settings file, instead of those in settings/')
    .option('--json', 'print JSON')
    .action(async (file: string, _options: unknown, command: Command) => {
      const options = read(PreviewOptions, command.optsWithGlobals());
      ended(await preview({ file, ...options }, environment, io));
    });

  program
    .command('connect')
    .description(
      "store an organization's keys: verifies Lime's, creates the add-on's, prints what to enter in Userlike",
    )
    .requiredOption('--organization <id>', 'of Userlike')
    .option('--rotate', 'replace the add-on key; the former one is accepted until the next rotation')
    .option('--rotate-link-key', 'replace the key for links; earlier links work until the next rotation')
    .action(async (_options: unknown, command: Command) => {
      ended(await connect(read(ConnectOptions, command.optsWithGlobals()), environment, io, randomBytes));
    });
}
