import { expect, it } from '@jest/globals';
import { HttpError } from '../../../shared/errors.ts';
import { createSendRecords } from '../../../shared/queue/sqs.ts';
import { clientFor, entriesOf } from '../../support/an-sqs.ts';
import { aServer } from '../lime/a-server.ts';

it('a queue that hangs is given up when the time for it is over: the call may be repeated', async () => {
  await using server = await aServer(() => undefined);
  const client = clientFor(new URL(server.origin).port);
  const send = createSendRecords({ client, queueUrl: `${server.origin}/0/queue` });
  const refusal = await send(entriesOf('a', 'b'), 500).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(HttpError);
  expect(refusal).toMatchObject({ status: 503, retryAfterSeconds: 5 });
  // A machine that is busy may not have come to ask at all.
  expect(server.asked.length).toBeLessThanOrEqual(1);
  client.destroy();
});
