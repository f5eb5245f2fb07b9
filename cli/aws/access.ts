/** Endpoint and credentials of an emulator. */
export type AwsAccess = {
  endpoint: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
};

/** Embedded emulators take any key. These cannot be mistaken for real ones. */
export const DUMMY_ACCESS = { region: 'eu-central-1', accessKeyId: 'local', secretAccessKey: 'local' };

/** The request timeout fits a page of log lines, the slowest of all requests. */
const requestHandler = { connectionTimeout: 3_000, requestTimeout: 30_000, throwOnRequestTimeout: true };

/** Options of an AWS client. For AWS itself the SDK finds keys, and the region unless the stage or a variable names it; an emulator gets any keys if none are set. */
export function accessOf(endpoint: string | undefined, environment: NodeJS.ProcessEnv) {
  const { AWS_REGION: stageRegion } = environment;
  if (endpoint === undefined) return { requestHandler, ...(stageRegion && { region: stageRegion }) };
  const { region, endpoint: url, ...credentials } = foreignAccess(endpoint, environment);
  return { requestHandler, endpoint: url, region, credentials };
}

/** Access to an emulator, with the user's keys if there are any. */
export function foreignAccess(endpoint: string, environment: NodeJS.ProcessEnv): AwsAccess {
  const { AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = environment;
  return {
    endpoint,
    region: AWS_REGION ?? DUMMY_ACCESS.region,
    accessKeyId: AWS_ACCESS_KEY_ID ?? DUMMY_ACCESS.accessKeyId,
    secretAccessKey: AWS_SECRET_ACCESS_KEY ?? DUMMY_ACCESS.secretAccessKey,
    ...(AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: AWS_SESSION_TOKEN }),
  };
}
