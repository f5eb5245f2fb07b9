import type { Command } from 'commander';
import * as z from 'zod';
import { model } from '../model/model.ts';
import { settingsDiff } from '../settings/diff.ts';
import { type Context, flag, Organization, read, text } from './options.ts';

const TenantOptions = z.object({ stage: text, organization: Organization.optional(), json: flag });

/** Adds the commands that show what a tenant and a deployment have. */
export function addTenantCommands(program: Command, { environment, io, ended }: Context): void {
  program
    .command('model [limetype]')
    .description("show the tenant's limetypes, or the properties of one: types, lengths, options, required")
    .option('--organization <id>', 'the tenant by its stored secret, without LIME_URL')
    .option('--json', 'print JSON')
    .action(async (limetype: string | undefined, _options: unknown, command: Command) => {
      const options = read(TenantOptions, command.optsWithGlobals());
      ended(await model({ limetype, ...options }, environment, io));
    });

  const settings = program.command('settings').description('the deployed settings');

  settings
    .command('diff [file]')
    .description('show what a settings file would change against what is deployed')
    .option('--organization <id>', 'whose settings are compared')
    .option('--json', 'print JSON')
    .action(async (file: string | undefined, _options: unknown, command: Command) => {
      const options = read(TenantOptions, command.optsWithGlobals());
      ended(await settingsDiff({ file, ...options }, environment, io));
    });
}
