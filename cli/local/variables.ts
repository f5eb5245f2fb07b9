import { LimeSecret } from '../../shared/credentials.ts';
import { openSecrets } from '../aws/secrets.ts';
import { findRun, variablesOf } from './find-run.ts';
import { type RunFile, runningLocally } from './run-file.ts';

/**
 * The variables by which a command finds the local run and its Lime tenant. A tenant in the user's own variables stays.
 * Throws UsageError if there is no such run.
 */
export async function localVariables(
  typed: { port?: string | undefined; organization?: string | undefined },
  environment: NodeJS.ProcessEnv,
): Promise<Record<string, string>> {
  const run = findRun(typed.port, runningLocally());
  const variables = variablesOf(run);
  if (environment.LIME_URL) return variables;
  const { organization = run.organization } = typed;
  const secret = (await limeSecretOf(run, organization)) ?? (await limeSecretOf(run, run.organization));
  return secret === undefined ? variables : { ...variables, LIME_URL: secret.url, LIME_API_KEY: secret.apiKey };
}

function limeSecretOf(run: RunFile, organization: string): Promise<LimeSecret | undefined> {
  const name = `userlike-lime/${run.stage}/${organization}/lime`;
  return openSecrets({ AWS_ENDPOINT_URL: run.awsEndpoint }).read(name, LimeSecret);
}
