import { randomBytes } from 'node:crypto';
import {
  CreateSecretCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { AddonSecret, LimeSecret } from '../../../shared/credentials.ts';

export type OrganizationSecrets = { addon: AddonSecret; lime: LimeSecret };

/** A key that is valid for one run. Links of an earlier run are invalid, like all of its state. */
export function randomKey(): string {
  return randomBytes(32).toString('base64url');
}

/** Stores an organization's secrets where the functions read them. */
export async function storeSecrets(
  client: SecretsManagerClient,
  prefix: string,
  organization: string,
  secrets: OrganizationSecrets,
): Promise<void> {
  const stored = Object.entries(secrets).map(async ([direction, secret]) => {
    const Name = `${prefix}/${organization}/${direction}`;
    const SecretString = JSON.stringify(secret);
    try {
      await client.send(new CreateSecretCommand({ Name, SecretString }));
    } catch (error) {
      // The emulator has outlived an earlier run.
      if (!(error instanceof ResourceExistsException)) throw error;
      await client.send(new PutSecretValueCommand({ SecretId: Name, SecretString }));
    }
  });
  await Promise.all(stored);
}
