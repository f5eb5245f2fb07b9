import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

export type LedgerProps = {
  /** A table to retain is also protected from deletion: without it, conversations sent again are created again. */
  removalPolicy: RemovalPolicy;
  /** Encrypts the table; with DynamoDB's metrics key if left out. */
  encryptionKey?: IKey | undefined;
};

/** One item per organization and conversation: who is delivering it, and which limeobject it became. */
export class Ledger extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, { removalPolicy, encryptionKey }: LedgerProps) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy,
      ...(encryptionKey && { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey }),
      deletionProtection: removalPolicy === RemovalPolicy.RETAIN,
    });
  }
}
