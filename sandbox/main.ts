import { readOptions, USAGE } from './options.ts';
import { startSandbox } from './sandbox.ts';

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === 'help') {
    console.log(USAGE);
    return;
  }
  const sandbox = await startSandbox(options);
  console.log(`sandbox Lime CRM (${options.schema} schema) at ${sandbox.url}, control at ${sandbox.origin}/_sandbox/`);
  const end = () => {
    void sandbox.close();
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE') {
    return `${error.message}: choose another port with --port or SANDBOX_PORT`;
  }
  return error.message;
}

main().catch((error: unknown) => {
  console.error(`sandbox: ${reasonOf(error)}`);
  process.exitCode = 1;
});
