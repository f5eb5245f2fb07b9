import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type * as z from 'zod';
import { CommandError } from '../errors.ts';
import { accessOf } from './access.ts';

/** Secrets by their full names. */
export type Secrets = {
  /** Undefined if there is none. Throws CommandError if a stored one cannot be used. */
  read: <S extends z.ZodType>(name: string, schema: S) => Promise<z.output<S> | undefined>;
  /** Creates the secret or replaces its value. */
  write: (name: string, value: object) => Promise<void>;
};

export function openSecrets(environment: NodeJS.ProcessEnv): Secrets {
  const client = new SecretsManagerClient(accessOf(environment.AWS_ENDPOINT_URL || undefined, environment));

  const readText = async (SecretId: string): Promise<string | undefined> => {
    try {
      return (await client.send(new GetSecretValueCommand({ SecretId }))).SecretString ?? '';
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  };

  return {
    read: async (name, schema) => {
      const text = await readText(name);
      if (text === undefined) return undefined;
      const parsed = schema.safeParse(jsonOf(text));
      if (parsed.success) return parsed.data;
      const paths = parsed.error.issues.map(({ path, message }) => `${path.join('.') || '(root)'}: ${message}`);
      throw new CommandError(`the secret ${name} cannot be used: ${paths.join('; ')}`);
    },
    write: async (name, value) => {
      const SecretString = JSON.stringify(value);
      try {
        await client.send(new PutSecretValueCommand({ SecretId: name, SecretString }));
      } catch (error) {
        if (!(error instanceof ResourceNotFoundException)) throw error;
        await client.send(new CreateSecretCommand({ Name: name, SecretString }));
      }
    },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
