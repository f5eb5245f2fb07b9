import { describe, expect, it } from '@jest/globals';
import { resource, synthesize } from '../support/infra/synthesize.ts';

const kmsKeyArn = 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const { template } = synthesize({ kmsKeyArn });

/** What a role may do with the key. */
function actionsOf(name: string): string[] {
  const { properties } = resource(template, 'AWS::IAM::Policy', name);
  const statements: { Action: string | string[]; Resource: unknown }[] = properties.PolicyDocument.Statement;
  return statements.filter(({ Resource }) => Resource === kmsKeyArn).flatMap(({ Action }) => Action);
}

describe('a key of the customer', () => {
  it('encrypts queues, ledger and logs', () => {
    template.allResourcesProperties('AWS::SQS::Queue', { KmsMasterKeyId: kmsKeyArn });
    template.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: kmsKeyArn });
    expect(resource(template, 'AWS::DynamoDB::Table').properties.SSESpecification).toEqual({
      SSEEnabled: true,
      SSEType: 'KMS',
      KMSMasterKeyId: kmsKeyArn,
    });
  });

  it.each([
    { name: 'Intake', why: 'sends', actions: ['kms:Decrypt', 'kms:GenerateDataKey'] },
    {
      name: 'Mapper',
      why: 'receives, parks, reads and writes the ledger',
      actions: [
        'kms:Decrypt',
        'kms:DescribeKey',
        'kms:Encrypt',
        'kms:GenerateDataKey',
        'kms:GenerateDataKeyWithoutPlaintext',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
      ],
    },
    { name: 'Link', why: 'reads the ledger', actions: ['kms:Decrypt', 'kms:DescribeKey'] },
  ])('may be used by $name, which $why, for that and nothing else', ({ name, actions }) => {
    expect(actionsOf(name).toSorted()).toEqual(actions);
  });
});

describe('a former key of the customer', () => {
  const formerKey = 'arn:aws:kms:eu-central-1:123456789012:key/00000000-12ab-34cd-56ef-1234567890ab';
  const { template } = synthesize({ kmsKeyArn, formerKmsKeyArns: [formerKey] });

  it.each(['Intake', 'Mapper', 'Link'])('may be used by %s to read, and for nothing else', (name) => {
    const { properties } = resource(template, 'AWS::IAM::Policy', name);
    const statements: { Action: string | string[]; Resource: unknown }[] = properties.PolicyDocument.Statement;

    expect(statements.filter(({ Resource }) => Resource === formerKey)).toEqual([
      { Action: 'kms:Decrypt', Effect: 'Allow', Resource: formerKey },
    ]);
  });

  it('encrypts nothing new', () => {
    const { Resources } = template.toJSON();
    const names = Object.entries(Resources)
      .filter(([, one]) => JSON.stringify(one).includes(formerKey))
      .map(([, one]) => JSON.parse(JSON.stringify(one)).Type);

    expect(new Set(names)).toEqual(new Set(['AWS::IAM::Policy']));
  });
});
