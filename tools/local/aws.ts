import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { type AwsAccess, DUMMY_ACCESS } from '../../cli/aws/access.ts';

/** Access to the embedded emulators. It uses nothing of the user's own access. */
export function embeddedAccess(endpoint: string): AwsAccess {
  return { ...DUMMY_ACCESS, endpoint };
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
