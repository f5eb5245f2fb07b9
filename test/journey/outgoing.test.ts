import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { processesWith } from '../../tools/harness/processes.ts';
import { startProcess } from '../../tools/local/lambda/function-process.ts';
import { aConversation } from '../support/conversations.ts';
import { type Journey, startJourney } from '../support/journey.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.stop());

it('a deployed mapper, without the switch of the local run, calls no Lime outside the allowed hosts', async () => {
  const running = await processesWith('AWS_ENDPOINT_URL', journey.awsEndpoint);
  const mapper = running.find(({ environment }) => environment.AWS_LAMBDA_FUNCTION_NAME?.includes('Mapper'));
  const { ALLOW_ANY_LIME_URL, ...environment } = mapper?.environment ?? {};
  expect(ALLOW_ANY_LIME_URL).toBe('true');

  const lines: string[] = [];
  const directory = environment.LAMBDA_TASK_ROOT ?? '';
  const spec = {
    name: 'deployed',
    arn: 'arn:aws:lambda:eu-central-1:000000000000:function:deployed',
    directory,
    file: join(directory, 'index.mjs'),
    handler: 'handler',
    timeoutSeconds: 60,
    memoryMegabytes: 1_024,
  };
  const deployed = await startProcess(spec, environment, (line) => lines.push(line));
  const record = {
    messageId: 'record-1',
    receiptHandle: 'unknown',
    body: JSON.stringify({
      v: 1,
      organization: '108905',
      callId: 'call-1',
      acceptedAt: '2026-11-22T10:00:00.000Z',
      encoding: 'json',
      body: aConversation({ id: 4_001 }),
    }),
    attributes: { ApproximateReceiveCount: '1' },
  };
  await journey.forgetRequests();
  const outcome = await deployed.invoke({ Records: [record] });
  deployed.kill();
  await deployed.exited;

  expect(outcome).toMatchObject({
    type: 'result',
    payload: JSON.stringify({ batchItemFailures: [{ itemIdentifier: 'record-1' }] }),
  });
  const logged: unknown[] = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  expect(logged).toContainEqual(
    expect.objectContaining({
      message: 'retrying',
      conversation: '4001',
      failure: 'denied',
      reason: 'the Lime URL is refused: it is not https',
    }),
  );
  expect(logged).toContainEqual(expect.objectContaining({ LimeDenied: expect.anything() }));
  expect(await journey.limeRequests()).toEqual([]);
});
