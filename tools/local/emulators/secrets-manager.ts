import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { readSecrets, type Secret, writeSecrets } from './secret-file.ts';
import { addVersion, CURRENT, type Version } from './secret-versions.ts';
import { type AwsAnswer, type AwsService, awsError } from './service.ts';

/** An exception of the service. `code` is its name. */
class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const Value = z.looseObject({
  SecretString: z.string().optional(),
  SecretBinary: z.string().optional(),
  ClientRequestToken: z.string().optional(),
});
const Create = Value.extend({ Name: z.string().regex(/^[\w/+=.@-]{1,512}$/), Description: z.string().optional() });
const Put = Value.extend({ SecretId: z.string(), VersionStages: z.array(z.string()).min(1).default([CURRENT]) });
const Get = z.looseObject({
  SecretId: z.string(),
  VersionId: z.string().optional(),
  VersionStage: z.string().optional(),
});
const Describe = z.looseObject({ SecretId: z.string() });
const Delete = z.looseObject({
  SecretId: z.string(),
  RecoveryWindowInDays: z.int().min(7).max(30).default(30),
  ForceDeleteWithoutRecovery: z.boolean().default(false),
});
const List = z.looseObject({
  MaxResults: z.int().min(1).max(100).default(100),
  NextToken: z.string().regex(/^\d+$/).optional(),
  Filters: z.array(z.strictObject({ Key: z.literal('name'), Values: z.array(z.string()) })).default([]),
});

/** The actions after which the secrets are written to their file. */
const changingActions = new Set(['CreateSecret', 'PutSecretValue', 'DeleteSecret', 'RestoreSecret']);

/**
 * The part of Secrets Manager that the bridge and its command line use, with versions and stages. Secrets are not
 * encrypted. Semantics: https://docs.aws.amazon.com/secretsmanager/latest/apireference/
 */
export function createSecretsManager(options: {
  region?: string;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** Keeps the secrets. Default: in memory only. */
  file?: string | undefined;
}): AwsService {
  const { region = 'eu-central-1', now = Date.now, file } = options;
  const secrets = readSecrets(file);

  const find = (id: string): Secret => {
    const secret = secrets.get(id) ?? [...secrets.values()].find(({ arn }) => arn === id);
    if (secret !== undefined) return secret;
    throw new Refusal('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  };

  /** A secret that is scheduled for deletion can be neither read nor changed. */
  const usable = (id: string): Secret => {
    const secret = find(id);
    if (secret.deletion === undefined) return secret;
    throw new Refusal(
      'InvalidRequestException',
      "You can't perform this operation on the secret because it was marked for deletion.",
    );
  };

  const store = (secret: Secret, value: z.infer<typeof Value>, stages: string[]): Version => {
    const { ClientRequestToken: id = randomUUID(), SecretString: text, SecretBinary: binary } = value;
    const version = { id, text, binary, stages: new Set(stages), created: now() };
    secret.versions = addVersion(secret.versions, version);
    return version;
  };

  const actions: Record<string, (body: unknown) => unknown> = {
    CreateSecret: (body) => {
      const { Name: name, Description: description, ...value } = Create.parse(body);
      if (secrets.has(name)) usable(name);
      if (secrets.has(name)) throw new Refusal('ResourceExistsException', `The secret ${name} already exists.`);
      const arn = `arn:aws:secretsmanager:${region}:000000000000:secret:${name}-${randomBytes(3).toString('hex')}`;
      const secret: Secret = { name, arn, description, created: now(), versions: [] };
      secrets.set(name, secret);
      const hasValue = value.SecretString !== undefined || value.SecretBinary !== undefined;
      return { ARN: arn, Name: name, ...(hasValue && { VersionId: store(secret, value, [CURRENT]).id }) };
    },
    PutSecretValue: (body) => {
      const { SecretId, VersionStages, ...value } = Put.parse(body);
      const secret = usable(SecretId);
      return { ARN: secret.arn, Name: secret.name, VersionId: store(secret, value, VersionStages).id, VersionStages };
    },
    GetSecretValue: (body) => {
      const { SecretId, VersionId, VersionStage } = Get.parse(body);
      const stage = VersionStage ?? (VersionId === undefined ? CURRENT : undefined);
      const secret = usable(SecretId);
      const version = secret.versions.find(
        ({ id, stages }) => id === (VersionId ?? id) && (stage === undefined || stages.has(stage)),
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
    DeleteSecret: (body) => {
      const { SecretId, RecoveryWindowInDays, ForceDeleteWithoutRecovery: isForced } = Delete.parse(body);
      const secret = usable(SecretId);
      if (isForced) secrets.delete(secret.name);
      secret.deletion = now() + (isForced ? 0 : RecoveryWindowInDays * 86_400_000);
      return { ARN: secret.arn, Name: secret.name, DeletionDate: secret.deletion / 1000 };
    },
    RestoreSecret: (body) => {
      const secret = find(Describe.parse(body).SecretId);
      secret.deletion = undefined;
      return { ARN: secret.arn, Name: secret.name };
    },
    DescribeSecret: (body) => describe(find(Describe.parse(body).SecretId)),
    ListSecrets: (body) => {
      const { MaxResults, NextToken = '0', Filters } = List.parse(body);
      const matching = [...secrets.values()].filter(
        ({ name, deletion }) =>
          deletion === undefined && Filters.every(({ Values }) => Values.some((value) => name.startsWith(value))),
      );
      const end = Number(NextToken) + MaxResults;
      return {
        SecretList: matching.slice(Number(NextToken), end).map(describe),
        NextToken: end < matching.length ? String(end) : undefined,
      };
    },
  };

  return {
    answer: async ({ headers, body }) => {
      const name = String(headers['x-amz-target']).replace('secretsmanager.', '');
      const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
      if (action === undefined) {
        return awsError(400, 'UnknownOperationException', `this emulator does not know ${name}`);
      }
      try {
        const answer = answered(action(JSON.parse(body.toString())));
        if (file !== undefined && changingActions.has(name)) writeSecrets(file, secrets);
        return answer;
      } catch (error) {
        if (error instanceof Refusal) return awsError(400, error.code, error.message);
        if (error instanceof z.ZodError) return awsError(400, 'ValidationException', z.prettifyError(error));
        throw error;
      }
    },
    close: async () => {},
  };
}

function describe({ name, arn, description, created, versions, deletion }: Secret) {
  return {
    ARN: arn,
    Name: name,
    Description: description,
    CreatedDate: created / 1000,
    ...(deletion !== undefined && { DeletedDate: deletion / 1000 }),
    VersionIdsToStages: Object.fromEntries(versions.map(({ id, stages }) => [id, [...stages]])),
  };
}

function answered(value: unknown): AwsAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(value),
  };
}
