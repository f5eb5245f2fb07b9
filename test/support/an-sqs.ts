import { SQSClient } from '@aws-sdk/client-sqs';

/** A client of an SQS on this machine, which repeats nothing by itself. */
export const clientFor = (port: number | string) =>
  new SQSClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    useQueueUrlAsEndpoint: false,
    maxAttempts: 1,
  });

/** Bodies as entries of one group. */
export const entriesOf = (...bodies: string[]) => bodies.map((body) => ({ group: '108905', body }));
