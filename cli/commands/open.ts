import type { Command } from 'commander';
import * as z from 'zod';
import type { Bridge } from '../aws/open.ts';
import { readTarget, type Target } from '../target.ts';
import { type Context, text } from './options.ts';

const Shared = z.looseObject({
  stage: text,
  queueUrl: text,
  interactiveQueueUrl: text,
  dlqUrl: text,
  ledgerTable: text,
});

export type Opened = { bridge: Bridge } & Omit<Target, 'where'>;

/** Opens the deployment or the local run that the command line names. */
export async function open(command: Command, { environment, io }: Context): Promise<Opened> {
  const target = readTarget(Shared.parse(command.optsWithGlobals()), environment);
  const { where, limeRequestsPerSecond } = target;
  const stage = environment.LOCAL_STAGE ?? target.stage;
  // Loaded late, because the AWS SDK loads slowly and help does not need it.
  const { openBridge } = await import('../aws/open.ts');
  return { bridge: await openBridge({ where, stage }, environment, io), stage, limeRequestsPerSecond };
}
