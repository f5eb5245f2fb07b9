import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { BoundFunction } from './function.ts';

/** KMS actions that SQS requires of senders and receivers. KMS checks them against the caller, not against SQS. */
const sendActions = ['kms:Decrypt', 'kms:GenerateDataKey'] as const;
/** KMS actions that DynamoDB requires to read, and also to write. */
const readActions = ['kms:Decrypt', 'kms:DescribeKey'] as const;
const writeActions = [
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
] as const;

/** Grants each function the key's actions that its queues and tables require. */
export function bindKey(key: IKey, { intake, mapper, link }: Record<'intake' | 'mapper' | 'link', BoundFunction>) {
  intake.bindKey(key, [...sendActions]);
  mapper.bindKey(key, [...new Set([...sendActions, ...readActions, ...writeActions])]);
  link.bindKey(key, [...readActions]);
}

/** Lets functions read what a former key has encrypted: records in the queues and the ledger's items. */
export function bindFormerKey(key: IKey, functions: readonly BoundFunction[]): void {
  for (const one of functions) one.bindKey(key, ['kms:Decrypt']);
}

/**
 * Lets CloudWatch Logs encrypt this stack's log groups. A key of another stack keeps its own policy, which has to allow
 * this.
 */
export function allowLogs(scope: Construct, key: IKey): void {
  const stack = Stack.of(scope);
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
      actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      resources: ['*'],
      conditions: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': stack.formatArn({
            service: 'logs',
            resource: 'log-group',
            resourceName: '*',
            arnFormat: ArnFormat.COLON_RESOURCE_NAME,
          }),
        },
      },
    }),
  );
}
