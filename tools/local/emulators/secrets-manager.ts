import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type AwsAnswer, type AwsService, awsError } from './service.ts';

type Version = {
  id: string;
  text: string | undefined;
  binary: string | undefined;
  stages: Set<string>;
  created: number;
};
type Secret = { name: string; arn: string; description: string | undefined; created: number; versions: Version[] };

const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';

/** An exception of the service. */
class Refusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const Value = {
  SecretString: z.string().optional(),
  SecretBinary: z.string().optional(),
  ClientRequestToken: z.string().optional(),
};
const inputs = {
  CreateSecret: z.looseObject({
    Name: z.string().regex(/^[\w/+=.@-]{1,512}$/),
    Description: z.string().optional(),
    ...Value,
  }),
  PutSecretValue: z.looseObject({
    SecretId: z.string(),
    VersionStages: z.array(z.string()).min(1).default([CURRENT]),
    ...Value,
  }),
  GetSecretValue: z.looseObject({
    SecretId: z.string(),
    VersionId: z.string().optional(),
    VersionStage: z.string().optional(),
  }),
  DescribeSecret: z.looseObject({ SecretId: z.string() }),
  ListSecrets: z.looseObject({
    MaxResults: z.int().min(1).max(100).default(100),
    NextToken: z.string().regex(/^\d+$/).optional(),
    Filters: z.array(z.strictObject({ Key: z.literal('name'), Values: z.array(z.string()) })).default([]),
  }),
};

/**
 * The part of Secrets Manager that the bridge and its command line use, with versions and their stages. Nothing is
 * encrypted or kept. Semantics: https://docs.aws.amazon.com/secretsmanager/latest/apireference/
 * @param now milliseconds since 1970
 */
export const createSecretsManager = (region = 'eu-central-1', now: () => number = Date.now): AwsService => {
  const secrets = new Map<string, Secret>();

  const find = (id: string): Secret => {
    const secret = secrets.get(id) ?? [...secrets.values()].find(({ arn }) => arn === id);
    if (secret === undefined)
      throw new Refusal('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    return secret;
  };

  /** Takes the stages from the versions that had them; what was current becomes the previous one. */
  const addVersion = (
    secret: Secret,
    input: z.infer<(typeof inputs)['PutSecretValue']> | z.infer<(typeof inputs)['CreateSecret']>,
    stages: string[],
  ): Version => {
    const { ClientRequestToken: id = randomUUID(), SecretString: text, SecretBinary: binary } = input;
    const version = { id, text, binary, stages: new Set(stages), created: now() };
    const current = secret.versions.find((other) => other.stages.has(CURRENT));
    for (const other of secret.versions) for (const stage of stages) other.stages.delete(stage);
    if (stages.includes(CURRENT) && current !== undefined) {
      for (const other of secret.versions) other.stages.delete(PREVIOUS);
      current.stages.add(PREVIOUS);
    }
    secret.versions = [...secret.versions.filter((other) => other.stages.size > 0), version];
    return version;
  };

  const actions = new Map<string, (body: unknown) => unknown>([
    [
      'CreateSecret',
      (body) => {
        const input = inputs.CreateSecret.parse(body);
        const { Name: name, Description: description } = input;
        if (secrets.has(name))
          throw new Refusal(
            'ResourceExistsException',
            `The operation failed because the secret ${name} already exists.`,
          );
        const arn = `arn:aws:secretsmanager:${region}:000000000000:secret:${name}-${randomBytes(3).toString('hex')}`;
        const secret: Secret = { name, arn, description, created: now(), versions: [] };
        secrets.set(name, secret);
        const empty = input.SecretString === undefined && input.SecretBinary === undefined;
        return { ARN: arn, Name: name, VersionId: empty ? undefined : addVersion(secret, input, [CURRENT]).id };
      },
    ],
    [
      'PutSecretValue',
      (body) => {
        const input = inputs.PutSecretValue.parse(body);
        const secret = find(input.SecretId);
        const { id, stages } = addVersion(secret, input, input.VersionStages);
        return { ARN: secret.arn, Name: secret.name, VersionId: id, VersionStages: [...stages] };
      },
    ],
    [
      'GetSecretValue',
      (body) => {
        const {
          SecretId,
          VersionId,
          VersionStage = VersionId === undefined ? CURRENT : undefined,
        } = inputs.GetSecretValue.parse(body);
        const secret = find(SecretId);
        const version = secret.versions.find(
          ({ id, stages }) => id === (VersionId ?? id) && (VersionStage === undefined || stages.has(VersionStage)),
        );
        if (version === undefined) {
          throw new Refusal('ResourceNotFoundException', "Secrets Manager can't find the specified secret value.");
        }
        return {
          ARN: secret.arn,
          Name: secret.name,
          VersionId: version.id,
          VersionStages: [...version.stages],
          SecretString: version.text,
          SecretBinary: version.binary,
          CreatedDate: version.created / 1000,
        };
      },
    ],
    ['DescribeSecret', (body) => describe(find(inputs.DescribeSecret.parse(body).SecretId))],
    [
      'ListSecrets',
      (body) => {
        const { MaxResults, NextToken = '0', Filters } = inputs.ListSecrets.parse(body);
        const matching = [...secrets.values()].filter(({ name }) =>
          Filters.every(({ Values }) => Values.some((value) => name.startsWith(value))),
        );
        const end = Number(NextToken) + MaxResults;
        return {
          SecretList: matching.slice(Number(NextToken), end).map(describe),
          NextToken: end < matching.length ? String(end) : undefined,
        };
      },
    ],
  ]);

  return {
    answer: async ({ headers, body }) => {
      const name = String(headers['x-amz-target']).replace('secretsmanager.', '');
      const action = actions.get(name);
      if (action === undefined)
        return awsError(400, 'UnknownOperationException', `this emulator does not know ${name}`);
      try {
        return answered(action(JSON.parse(body.toString())));
      } catch (error) {
        if (error instanceof Refusal) return awsError(400, error.code, error.message);
        if (error instanceof z.ZodError) return awsError(400, 'ValidationException', z.prettifyError(error));
        throw error;
      }
    },
    close: async () => {},
  };
};

const describe = ({ name, arn, description, created, versions }: Secret) => ({
  ARN: arn,
  Name: name,
  Description: description,
  CreatedDate: created / 1000,
  VersionIdsToStages: Object.fromEntries(versions.map(({ id, stages }) => [id, [...stages]])),
});

const answered = (value: unknown): AwsAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: JSON.stringify(value),
});
