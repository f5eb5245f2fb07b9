import {
  CreateTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import type { Identity } from '../template/intrinsics.ts';
import type { Resolved } from '../template/resources.ts';

/** Creates the tables and waits until they are active. */
export async function createTables(
  client: DynamoDBClient,
  tables: Resolved<'AWS::DynamoDB::Table'>[],
  identities: ReadonlyMap<string, Identity>,
): Promise<void> {
  const created = tables.map(async ({ id, properties }) => {
    const TableName = identities.get(id)?.ref;
    try {
      await client.send(new CreateTableCommand({ ...properties, TableName }));
    } catch (error) {
      // An earlier run with the same data made it.
      if (!(error instanceof ResourceInUseException)) throw error;
    }
    await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 30 }, { TableName });
  });
  await Promise.all(created);
}
