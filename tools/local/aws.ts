import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { AwsAccess } from './lambda/environment.ts';

/** Embedded emulators take any key. These cannot be mistaken for real ones. */
const DUMMY = { region: 'eu-central-1', accessKeyId: 'local', secretAccessKey: 'local' };

/** Access to the embedded emulators. It uses nothing of the user's own access. */
export function embeddedAccess(endpoint: string): AwsAccess {
  return { ...DUMMY, endpoint };
}

/** Access to another emulator, with the user's keys if there are any. */
export function foreignAccess(endpoint: string, environment: NodeJS.ProcessEnv): AwsAccess {
  const { AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = environment;
  return {
    endpoint,
    region: AWS_REGION ?? DUMMY.region,
    accessKeyId: AWS_ACCESS_KEY_ID ?? DUMMY.accessKeyId,
    secretAccessKey: AWS_SECRET_ACCESS_KEY ?? DUMMY.secretAccessKey,
    ...(AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: AWS_SESSION_TOKEN }),
  };
}

export type AwsClients = {
  sqs: SQSClient;
  dynamodb: DynamoDBClient;
  secretsManager: SecretsManagerClient;
  destroy: () => void;
};

export function createClients({ endpoint, region, ...credentials }: AwsAccess): AwsClients {
  const common = { endpoint, region, credentials };
  const sqs = new SQSClient({ ...common, useQueueUrlAsEndpoint: false });
  const dynamodb = new DynamoDBClient(common);
  const secretsManager = new SecretsManagerClient(common);
  return {
    sqs,
    dynamodb,
    secretsManager,
    destroy: () => {
      for (const client of [sqs, dynamodb, secretsManager]) client.destroy();
    },
  };
}
