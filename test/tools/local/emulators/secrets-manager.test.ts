import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  InvalidRequestException,
  ListSecretsCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  RestoreSecretCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AwsClients, createClients, embeddedAccess } from '../../../../tools/local/aws.ts';
import { type Emulators, startEmulators } from '../../../../tools/local/emulators/emulators.ts';

describe('Secrets Manager', () => {
  let emulators: Emulators;
  let clients: AwsClients;
  let client: SecretsManagerClient;

  beforeEach(async () => {
    emulators = await startEmulators();
    clients = createClients(embeddedAccess(emulators.url));
    client = clients.secretsManager;
  });
  afterEach(async () => {
    clients.destroy();
    await emulators.close();
  });

  const create = (Name: string, SecretString: string) => client.send(new CreateSecretCommand({ Name, SecretString }));
  const put = (SecretId: string, SecretString: string) =>
    client.send(new PutSecretValueCommand({ SecretId, SecretString }));
  const read = async (SecretId: string, VersionStage?: string) =>
    (await client.send(new GetSecretValueCommand({ SecretId, VersionStage }))).SecretString;

  it('returns a stored secret by name and by ARN', async () => {
    const { ARN = '', VersionId } = await create('a/1/lime', '{"key":"ä"}');
    const value = await client.send(new GetSecretValueCommand({ SecretId: ARN }));

    expect(await read('a/1/lime')).toBe('{"key":"ä"}');
    expect(value).toMatchObject({ Name: 'a/1/lime', ARN, VersionId, VersionStages: ['AWSCURRENT'] });
    expect(value.CreatedDate).toBeInstanceOf(Date);
  });

  it('neither reads nor changes a secret that is scheduled for deletion, until it is restored', async () => {
    await create('a', 'value');
    const { DeletionDate } = await client.send(new DeleteSecretCommand({ SecretId: 'a', RecoveryWindowInDays: 7 }));
    expect(DeletionDate?.getTime()).toBeGreaterThan(Date.now());
    for (const refused of [read('a'), put('a', 'other'), create('a', 'other')]) {
      await expect(refused).rejects.toThrow(InvalidRequestException);
    }
    expect((await client.send(new ListSecretsCommand({}))).SecretList).toEqual([]);
    await client.send(new RestoreSecretCommand({ SecretId: 'a' }));
    expect(await read('a')).toBe('value');
  });

  it('forgets a secret that is deleted without a window', async () => {
    await create('a', 'value');
    await client.send(new DeleteSecretCommand({ SecretId: 'a', ForceDeleteWithoutRecovery: true }));
    await expect(read('a')).rejects.toThrow(ResourceNotFoundException);
    await create('a', 'again');
    expect(await read('a')).toBe('again');
  });

  it('keeps the last two versions under their stages', async () => {
    await create('a', 'first');
    await put('a', 'second');
    await put('a', 'third');

    expect([await read('a'), await read('a', 'AWSCURRENT'), await read('a', 'AWSPREVIOUS')]).toEqual([
      'third',
      'third',
      'second',
    ]);
    const { VersionIdsToStages } = await client.send(new DescribeSecretCommand({ SecretId: 'a' }));
    expect(
      Object.values(VersionIdsToStages ?? {})
        .flat()
        .toSorted(),
    ).toEqual(['AWSCURRENT', 'AWSPREVIOUS']);
  });

  it('moves a custom stage only on request', async () => {
    await create('a', 'first');
    await client.send(
      new PutSecretValueCommand({ SecretId: 'a', SecretString: 'next', VersionStages: ['AWSPENDING'] }),
    );

    expect([await read('a'), await read('a', 'AWSPENDING')]).toEqual(['first', 'next']);
  });

  it.each([
    { title: 'reading', call: () => read('none') },
    { title: 'writing', call: () => put('none', 'x') },
    { title: 'describing', call: () => client.send(new DescribeSecretCommand({ SecretId: 'none' })) },
  ])('answers ResourceNotFoundException to $title a secret that does not exist', async ({ call }) => {
    await expect(call()).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  it('answers ResourceNotFoundException to a stage that does not exist', async () => {
    await create('a', 'first');

    await expect(read('a', 'AWSPREVIOUS')).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  it('creates a name once', async () => {
    await create('a', 'first');

    await expect(create('a', 'second')).rejects.toBeInstanceOf(ResourceExistsException);
    expect(await read('a')).toBe('first');
  });

  it('lists by the beginning of the name, in pages', async () => {
    for (const name of ['p/1/addon', 'p/1/lime', 'p/2/lime', 'q/1/lime']) await create(name, 'x');
    const Filters = [{ Key: 'name' as const, Values: ['p/'] }];
    const first = await client.send(new ListSecretsCommand({ Filters, MaxResults: 2 }));
    const second = await client.send(new ListSecretsCommand({ Filters, MaxResults: 2, NextToken: first.NextToken }));

    expect([first, second].map(({ SecretList }) => SecretList?.map(({ Name }) => Name))).toEqual([
      ['p/1/addon', 'p/1/lime'],
      ['p/2/lime'],
    ]);
    expect(second.NextToken).toBeUndefined();
  });

  it.each([
    { title: 'an empty name', name: '' },
    { title: 'a name with a blank', name: 'a b' },
  ])('refuses $title', async ({ name }) => {
    await expect(create(name, 'x')).rejects.toThrow('Name');
  });
});
