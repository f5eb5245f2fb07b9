import { foreignAccess } from '../../tools/local/aws.ts';

/** A page of log lines may take longer than anything else here. */
const requestHandler = { connectionTimeout: 3_000, requestTimeout: 30_000, throwOnRequestTimeout: true };

/** An emulator takes any key where none is set; else the SDK finds region and keys for itself. */
export function accessOf(endpoint: string | undefined, environment: NodeJS.ProcessEnv) {
  if (endpoint === undefined) return { requestHandler };
  const { region, endpoint: url, ...credentials } = foreignAccess(endpoint, environment);
  return { requestHandler, endpoint: url, region, credentials };
}
