import type { AwsAccess } from '../../../cli/aws/access.ts';
import type { FunctionSpec } from './function-spec.ts';

/** Variables of the runner that a function's process needs: the search path, and private CAs of a tenant or an emulator. */
const INHERITED = ['PATH', 'NODE_EXTRA_CA_CERTS'];

/**
 * The environment of a function's process: the template's variables, Lambda's own
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html), the switches of the local run, and nothing of the runner's own.
 */
export function functionEnvironment(
  spec: FunctionSpec,
  aws: AwsAccess,
  timeScale: number,
  inherited: NodeJS.ProcessEnv,
): Record<string, string> {
  return {
    ...Object.fromEntries(
      INHERITED.flatMap((name) => (inherited[name] === undefined ? [] : [[name, inherited[name]]])),
    ),
    ...spec.environment,
    AWS_ACCESS_KEY_ID: aws.accessKeyId,
    AWS_SECRET_ACCESS_KEY: aws.secretAccessKey,
    ...(aws.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: aws.sessionToken }),
    AWS_REGION: aws.region,
    AWS_DEFAULT_REGION: aws.region,
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_EXECUTION_ENV: `AWS_Lambda_${spec.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: spec.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMegabytes),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_FORMAT: spec.logging.LogFormat,
    ...(spec.logging.ApplicationLogLevel === undefined
      ? {}
      : { AWS_LAMBDA_LOG_LEVEL: spec.logging.ApplicationLogLevel }),
    AWS_LAMBDA_LOG_GROUP_NAME: spec.logging.LogGroup ?? `/aws/lambda/${spec.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local/[$LATEST]',
    LAMBDA_TASK_ROOT: spec.directory,
    _HANDLER: spec.handler,
    LANG: 'en_US.UTF-8',
    TZ: 'UTC',
    TIME_SCALE: String(timeScale),
    ALLOW_ANY_LIME_URL: 'true',
  };
}
