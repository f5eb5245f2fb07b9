import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Identity } from '../template/intrinsics.ts';
import type { KnownResource, Resolved } from '../template/resources.ts';

/** The shortest visibility timeout of a scaled run in seconds. With less, a healthy mapper would be overtaken. */
const SHORTEST_VISIBILITY_SECONDS = 5;

/** The longest visibility timeout that SQS takes: 12 hours. */
const LONGEST_VISIBILITY_SECONDS = 43_200;

/** Creates every queue with default attributes, because the real ones may name other queues. */
export async function createQueues(
  client: SQSClient,
  resources: KnownResource[],
  nameOf: (resource: KnownResource) => string,
): Promise<Map<string, Identity>> {
  const queues = resources.filter(({ type }) => type === 'AWS::SQS::Queue');
  const identities = queues.map(async (resource): Promise<[string, Identity]> => {
    const QueueName = nameOf(resource);
    const { QueueUrl = '' } = await client.send(new CreateQueueCommand({ QueueName }));
    const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
    return [resource.id, { ref: QueueUrl, attributes: { Arn: Attributes?.QueueArn ?? '', QueueName, QueueUrl } }];
  });
  return new Map(await Promise.all(identities));
}

/** The visibility timeout in seconds of a run whose waits are multiplied by `timeScale`. */
export function scaledVisibility(seconds: number, timeScale: number): number {
  const floor = Math.min(seconds, SHORTEST_VISIBILITY_SECONDS);
  return Math.min(Math.max(Math.ceil(seconds * timeScale), floor), LONGEST_VISIBILITY_SECONDS);
}

/** Sets the attributes of the template. */
export async function configureQueues(
  client: SQSClient,
  queues: Resolved<'AWS::SQS::Queue'>[],
  identities: ReadonlyMap<string, Identity>,
  timeScale: number,
): Promise<void> {
  const configured = queues.map(async ({ id, properties: { QueueName, RedrivePolicy, ...numbers } }) => {
    const attributes = { ...numbers, VisibilityTimeout: scaledVisibility(numbers.VisibilityTimeout, timeScale) };
    const Attributes = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, String(value)]));
    if (RedrivePolicy !== undefined) Attributes.RedrivePolicy = JSON.stringify(RedrivePolicy);
    await client.send(new SetQueueAttributesCommand({ QueueUrl: identities.get(id)?.ref, Attributes }));
  });
  await Promise.all(configured);
}
