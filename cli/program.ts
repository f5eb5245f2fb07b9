import { Argument, Command, CommanderError } from 'commander';
import * as z from 'zod';
import packageFile from '../package.json' with { type: 'json' };
import { addConversationCommands } from './commands/conversations.ts';
import { addExamples } from './commands/examples.ts';
import { addFailedCommands } from './commands/failed.ts';
import { flag, text } from './commands/options.ts';
import { withModel } from './commands/sandbox-option.ts';
import { addSetupCommands } from './commands/setup.ts';
import { addTenantCommands } from './commands/tenant.ts';
import { completionFor, type Shell, shells } from './completion/completion.ts';
import { explain, UsageError } from './errors.ts';
import { escaping, type Io } from './io.ts';
import { variablesOfStage } from './stage-file.ts';
import { Stage } from './target.ts';

const Local = z.looseObject({ local: flag, port: text, stage: text, organization: text });

/** Runs one command line. Returns the exit code: 0 fine, 1 something to act on, 2 wrong usage. */
export async function runCli(args: readonly string[], variables: NodeJS.ProcessEnv, given: Io): Promise<number> {
  const io = escaping(given);
  const environment = { ...variables };
  let status = 0;
  const program = new Command('userlike-lime')
    .description('Sets up organizations, shows what became of conversations, and sends parked ones again.')
    .version(packageFile.version, '--version', 'show the version')
    .option('--stage <name>', 'the stack userlike-lime-<name> in the account of AWS_PROFILE (default: prod)')
    .option('--local', 'the local run of this checkout, which npm start started')
    .option('--port <port>', 'of the local run, if there are several')
    .option('--queue-url <url>', 'the queue of bulk calls, instead of a stack (QUEUE_URL)')
    .option('--interactive-queue-url <url>', 'the queue of small calls, instead of a stack (INTERACTIVE_QUEUE_URL)')
    .option('--dlq-url <url>', 'the DLQ, instead of a stack (DLQ_URL)')
    .option('--ledger-table <name>', 'the ledger, instead of a stack (LEDGER_TABLE)')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true, styleTitle: (title) => title })
    .configureOutput({
      writeOut: (written) => io.out(written.trimEnd()),
      writeErr: (written) => io.note(written.trimEnd()),
      outputError: (message, write) => write(message.replace(/^error: /, 'userlike-lime: ')),
    })
    .addHelpText('after', '\nExit codes: 0 fine, 1 something to act on, 2 wrong usage.');

  const context = {
    environment,
    io,
    ended: (code: number) => {
      status = code;
    },
  };
  program.hook('preAction', async (_, command) => {
    const typed = Local.parse(command.optsWithGlobals());
    if (!typed.local && typed.port === undefined) return useStageFile(typed.stage ?? variables.STAGE);
    if (typed.stage !== undefined) throw new UsageError('--local: leave out --stage');
    const { localVariables } = await import('./local/variables.ts');
    Object.assign(environment, await localVariables(typed, variables));
  });
  /** The region of a stage's file wins, because the stack is nowhere else. Other variables win over the file. */
  function useStageFile(given: string | undefined): void {
    // Addresses name no stage. A name that is none is refused by the command.
    const stage = Stage.safeParse(given);
    if (!stage.success || (given === undefined && variables.LEDGER_TABLE)) return;
    const { AWS_REGION, ...options } = variablesOfStage(stage.data);
    if (AWS_REGION !== undefined) environment.AWS_REGION = AWS_REGION;
    for (const [name, value] of Object.entries(options)) environment[name] ||= value;
  }
  addConversationCommands(program, context);
  addFailedCommands(program, context);
  addSetupCommands(program, context);
  addTenantCommands(program, context);
  program
    .command('completion')
    .description('print a script by which a shell completes commands and flags')
    .addArgument(new Argument('<shell>').choices(shells))
    .action((shell: Shell) => io.out(completionFor(program, shell)));
  addExamples(program);

  try {
    await program.parseAsync(withModel(args), { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    for (const line of explain(error).split('\n')) io.note(`userlike-lime: ${line}`);
    return error instanceof UsageError ? 2 : 1;
  }
}
