import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { accessOf } from './access.ts';
import { endpointOf } from './stack.ts';

/** Where the add-on calls, with `{organization}` in it; undefined where the stack is not deployed. */
export function readEndpoint(stack: string, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  return endpointOf(new CloudFormationClient(accessOf(undefined, environment)), stack);
}
