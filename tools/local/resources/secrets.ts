import { randomBytes } from 'node:crypto';
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import type { AddonSecret, LimeSecret } from '../../../shared/credentials.ts';

export type OrganizationSecrets = { addon: AddonSecret; lime: LimeSecret };

function randomKey(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * The keys of links and of the ledger's hashes. Those of an earlier run with the same data stay, so that its links and
 * its ledger items remain valid.
 */
export async function keptKeys(
  client: SecretsManagerClient,
  prefix: string,
  organization: string,
): Promise<{ linkKey: string; hashKey: string }> {
  const [linkKey, hashKey] = await Promise.all([
    read(client, `${prefix}/${organization}/addon`, 'linkKey'),
    read(client, `${prefix}/${organization}/lime`, 'hashKey'),
  ]);
  return { linkKey: linkKey ?? randomKey(), hashKey: hashKey ?? randomKey() };
}

async function read(client: SecretsManagerClient, SecretId: string, name: string): Promise<string | undefined> {
  try {
    const { SecretString = '{}' } = await client.send(new GetSecretValueCommand({ SecretId }));
    return z.looseObject({ [name]: z.string().optional() }).parse(JSON.parse(SecretString))[name];
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
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
      // An earlier run with the same data, or with the same emulator.
      if (!(error instanceof ResourceExistsException)) throw error;
      await client.send(new PutSecretValueCommand({ SecretId: Name, SecretString }));
    }
  });
  await Promise.all(stored);
}
