import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import * as z from 'zod';
import { accessOf } from '../aws/access.ts';
import { CommandError } from '../errors.ts';

/** Reads a deployed settings file by its name. Undefined if the deployment has none of that name. */
export type ReadDeployed = (name: string) => string | undefined;

const Template = z.looseObject({ Metadata: z.looseObject({ 'userlike-lime settings': z.string() }) });
const Files = z.record(z.string(), z.string());

/** The settings of the local run's functions. */
export function readLocalSettings(directory: string): ReadDeployed {
  return (name) => {
    const file = join(directory, name);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  };
}

/** The settings in the metadata of the deployed template. Throws CommandError. */
export async function readStackSettings(stack: string, environment: NodeJS.ProcessEnv): Promise<ReadDeployed> {
  const client = new CloudFormationClient(accessOf(undefined, environment));
  const { TemplateBody = '' } = await client.send(new GetTemplateCommand({ StackName: stack }));
  return settingsIn(TemplateBody, stack);
}

/** The settings files in a template. Throws CommandError if it has none. */
export function settingsIn(template: string, stack: string): ReadDeployed {
  const parsed = Template.safeParse(JSON.parse(template));
  if (!parsed.success) throw new CommandError(`the stack ${stack} does not tell its settings: deploy it again`);
  const packed = Buffer.from(parsed.data.Metadata['userlike-lime settings'], 'base64');
  const files = Files.parse(JSON.parse(inflateRawSync(packed).toString('utf8')));
  return (name) => files[name];
}
