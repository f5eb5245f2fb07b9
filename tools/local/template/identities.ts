import type { Identity, Pseudo } from './intrinsics.ts';
import type { KnownResource } from './resources.ts';
import type { Template } from './template.ts';
import { UnsupportedTemplateError } from './unsupported.ts';

/** The account of the emulators. */
export const ACCOUNT = '000000000000';

export function pseudoParameters(stackName: string, region: string): Pseudo {
  return {
    'AWS::AccountId': ACCOUNT,
    'AWS::Partition': 'aws',
    'AWS::Region': region,
    'AWS::StackId': `arn:aws:cloudformation:${region}:${ACCOUNT}:stack/${stackName}/local`,
    'AWS::StackName': stackName,
    'AWS::URLSuffix': 'amazonaws.com',
  };
}

/** Properties by which a template can name a resource. */
const NAME_PROPERTIES = ['QueueName', 'TableName', 'FunctionName'];

/** The names of SQS are the shortest, 80 characters. */
const LONGEST_NAME = 80;

/**
 * A resource's physical name: the one in the template, or stack and logical id, as CloudFormation does. `suffix`
 * separates runs that share one emulator.
 */
export function physicalName({ id, properties }: KnownResource, stackName: string, suffix: string): string {
  const named = NAME_PROPERTIES.map((property) => properties[property]).find((name) => name !== undefined);
  if (named !== undefined && typeof named !== 'string') {
    throw new UnsupportedTemplateError([
      `${id}: a name that is put together from others is not known to the local run`,
    ]);
  }
  return `${(named ?? `${stackName}-${id}`).slice(0, LONGEST_NAME - suffix.length)}${suffix}`;
}

/**
 * The results of `Ref` and `Fn::GetAtt`. Those of queues come from the emulator.
 * @param endpoint the address of the HTTP API, without a trailing slash
 */
export function identify(options: {
  template: Template;
  resources: KnownResource[];
  queues: ReadonlyMap<string, Identity>;
  nameOf: (resource: KnownResource) => string;
  region: string;
  endpoint: string;
}): Map<string, Identity> {
  const { template, resources, queues, nameOf, region, endpoint } = options;
  const identities = new Map(queues);
  const add = (id: string, ref: string, attributes: Record<string, string> = {}) =>
    identities.set(id, { ref, attributes });
  const arn = (service: string, rest: string) => ({ Arn: `arn:aws:${service}:${region}:${ACCOUNT}:${rest}` });

  for (const resource of resources) {
    const { id, type } = resource;
    if (type === 'AWS::DynamoDB::Table') add(id, nameOf(resource), arn('dynamodb', `table/${nameOf(resource)}`));
    if (type === 'AWS::Lambda::Function') add(id, nameOf(resource), arn('lambda', `function:${nameOf(resource)}`));
    if (type === 'AWS::ApiGatewayV2::Api') add(id, id, { ApiEndpoint: endpoint, ApiId: id });
    if (type === 'AWS::ApiGatewayV2::Integration') add(id, id, { IntegrationId: id });
    if (type === 'AWS::ApiGatewayV2::Stage') add(id, '$default');
  }
  // Log groups are not emulated, but functions receive the name of theirs.
  for (const [id, { Type }] of Object.entries(template.Resources)) if (Type === 'AWS::Logs::LogGroup') add(id, id);
  return identities;
}
