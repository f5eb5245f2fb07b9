import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { accessOf } from './access.ts';
import { endpointOf } from './stack.ts';

/** Where the add-on calls, with `{organization}` in it; undefined where the stack is not deployed. */
export const readEndpoint = (stack: string, environment: NodeJS.ProcessEnv): Promise<string | undefined> =>
  endpointOf(new CloudFormationClient(accessOf(undefined, environment)), stack);
