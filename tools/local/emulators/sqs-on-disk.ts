import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { buildApp } from 'fauxqs';

export type Stores = NonNullable<NonNullable<Parameters<typeof buildApp>[0]>['stores']>;

type Persistence = NonNullable<Stores['sqsStore']['persistence']>;

/**
 * Stores whose queues and records survive the process. Every change is in SQLite's log before its request is answered.
 * `fauxqs` exports its persistence only together with a server that listens on every interface. Its version is fixed, so
 * its files are as they are here.
 */
export async function loadStores(dataDirectory: string): Promise<{ stores: Stores; close: () => void }> {
  const main = import.meta.resolve('fauxqs');
  const files = ['./sqs/sqsStore.js', './sns/snsStore.js', './s3/s3Store.js', './persistence.js'];
  const [sqs, sns, s3, disk] = await Promise.all(files.map((file) => import(new URL(file, main).href)));
  const stores: Stores = { sqsStore: new sqs.SqsStore(), snsStore: new sns.SnsStore(), s3Store: new s3.S3Store() };
  const persistence: Persistence = new disk.PersistenceManager(dataDirectory);
  const database = new DatabaseSync(join(dataDirectory, 'fauxqs.db'));
  const ready = database.prepare(
    'UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?',
  );
  // The original also empties the number of receives, which its own table forbids.
  persistence.updateMessageReady = (messageId) => {
    ready.run(messageId);
  };
  persistence.loadSqsAndSns(stores.sqsStore, stores.snsStore);
  stores.sqsStore.persistence = persistence;
  for (const queue of stores.sqsStore.allQueues()) queue.persistence = persistence;
  const close = (): void => {
    database.close();
    persistence.close();
  };
  return { stores, close };
}
