import { foreignAccess } from '../../tools/local/aws.ts';

/** The request timeout fits a page of log lines, the slowest of all requests. */
const requestHandler = { connectionTimeout: 3_000, requestTimeout: 30_000, throwOnRequestTimeout: true };

/** Options of an AWS client. For AWS itself the SDK finds region and keys; an emulator gets any keys if none are set. */
export function accessOf(endpoint: string | undefined, environment: NodeJS.ProcessEnv) {
  if (endpoint === undefined) return { requestHandler };
  const { region, endpoint: url, ...credentials } = foreignAccess(endpoint, environment);
  return { requestHandler, endpoint: url, region, credentials };
}
