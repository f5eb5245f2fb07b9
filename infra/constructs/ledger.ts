import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

export type LedgerProps = {
  /**
   * Retained tables are also protected from deletion. Without the ledger, conversations that are sent again are created
   * again.
   */
  removalPolicy: RemovalPolicy;
  /** Encrypts the table. Default: DynamoDB's own key. */
  encryptionKey?: IKey | undefined;
};

/** One item per organization and conversation: its delivery, and its limeobject. */
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
