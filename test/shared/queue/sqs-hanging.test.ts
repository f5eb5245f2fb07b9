import { expect, it } from '@jest/globals';
import { QueueError } from '../../../shared/queue/queue-error.ts';
import { createSendRecords } from '../../../shared/queue/sqs.ts';
import { aServer } from '../../support/a-server.ts';
import { clientFor, entriesOf } from '../../support/an-sqs.ts';

it('sending to a queue that hangs fails when its time is over, so that the call can be repeated', async () => {
  await using server = await aServer(() => undefined);
  const client = clientFor(new URL(server.origin).port);
  const send = createSendRecords({ client, queueUrl: `${server.origin}/0/queue` });
  const failure = await send(entriesOf('a', 'b'), 500).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(QueueError);
  expect(failure).toMatchObject({ isThrottled: false });
  // On a busy machine the time may be over before the first request.
  expect(server.asked.length).toBeLessThanOrEqual(1);
  client.destroy();
});
