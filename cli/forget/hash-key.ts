import { LimeSecret } from '../../shared/credentials.ts';
import type { Io } from '../io.ts';
import { secretsPrefix } from '../tenant/open.ts';

/** The key of the ledger's hashes of people. Undefined, with a note, if the organization has no Lime secret any more. */
export async function readHashKey(
  { stage, organization }: { stage: string; organization: string },
  environment: NodeJS.ProcessEnv,
  io: Io,
): Promise<string | undefined> {
  const name = `${secretsPrefix(stage)}/${organization}/lime`;
  // Loaded late, because the AWS SDK loads slowly.
  const { openSecrets } = await import('../aws/secrets.ts');
  const secret = await openSecrets(environment).read(name, LimeSecret);
  if (secret === undefined) io.note(`no secret ${name}: people in the ledger cannot be found by its hash key`);
  return secret?.hashKey;
}
