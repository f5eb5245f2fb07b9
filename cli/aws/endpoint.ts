import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { accessOf } from './access.ts';
import { endpointOf } from './stack.ts';

/** The add-on endpoint, with `{organization}` in it. Undefined if the stack is not deployed. */
export function readEndpoint(stack: string, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  return endpointOf(new CloudFormationClient(accessOf(undefined, environment)), stack);
}
