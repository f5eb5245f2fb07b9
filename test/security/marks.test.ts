import { randomBytes } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { createClients, embeddedAccess } from '../../tools/local/aws.ts';
import { aConversation, aMessage, anOperator } from '../support/conversations.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { runCli } from '../tools/cli/cli.ts';
import { aQuotingLime, type QuotingLime } from './a-quoting-lime.ts';

/** What stands for personal data; each text is found nowhere else. */
const marks = {
  name: 'Qvarnstroem-Zyx',
  email: 'qz-mail-8821@example.org',
  secondEmail: 'qz-twice-8822@example.org',
  phone: '701998877',
  body: 'QZ-BODY-4417',
  deletedBody: 'QZ-GONE-4418',
  operator: 'Qz-Operator-5519',
  topic: 'QZ-TOPIC-6620',
  custom: 'QZ-CUSTOM-7721',
  note: 'QZ-NOTE-8823',
  person: 'Qz-Person-9924',
  garbage: 'QZ-GARBAGE-1025',
  key: 'qz-wrong-key-1126',
};

const conversation = (id: number, overrides: Record<string, unknown> = {}) =>
  aConversation({
    id,
    contact: {
      id: 1,
      name: marks.name,
      email: marks.email,
      phone_number: `+46${marks.phone}`,
      mobile_number: `0046 ${marks.phone}`,
      custom_field_data: { [marks.custom]: marks.custom },
    },
    custom: { [marks.custom]: [marks.custom] },
    topics: [{ text: marks.topic }],
    notes: [{ text: marks.note }],
    transcript: [
      aMessage({ id: `${id}.1.1`, body: marks.body, name: marks.name, url: `https://example.org/${marks.custom}` }),
      aMessage({
        id: `${id}.1.2`,
        ...anOperator,
        operator_name: marks.operator,
        name: marks.operator,
        body: marks.body,
      }),
      aMessage({ id: `${id}.1.3`, body: marks.deletedBody, is_deleted: true }),
    ],
    ...overrides,
  });

let lime: QuotingLime;
let journey: Journey;

/** Everything that could have carried a mark, by where it was found. */
const seen = new Map<string, string[]>();
const see = (where: string, ...texts: string[]): void => {
  seen.set(where, [...(seen.get(where) ?? []), ...texts]);
};
const seeAnswer = async (response: Response): Promise<number> => {
  see('answers', JSON.stringify([...response.headers]), await response.text());
  return response.status;
};

const Addresses = z.object({ queueUrl: z.url(), dlqUrl: z.url(), ledgerTable: z.string() });

beforeAll(async () => {
  lime = await aQuotingLime();
  journey = await startJourney({ variables: { TIME_SCALE: '0.002', LIME_URL: lime.url } });
  const addresses = Addresses.parse(await journey.log(({ message }) => message === 'addresses'));
  const clients = createClients(embeddedAccess(journey.awsEndpoint));
  try {
    await personsInLime();
    await deliveries();
    await refusedCalls();
    await forgedRecords(addresses.queueUrl, clients);
    await links();
    await commandLine(addresses);
    await stores(addresses, clients);
    see('log lines and metrics', journey.stderr(), journey.stdout());
  } finally {
    clients.destroy();
  }
}, 120_000);

afterAll(async () => {
  await journey.stop();
  await lime[Symbol.asyncDispose]();
});

const personsInLime = async (): Promise<void> => {
  for (const firstname of ['One', 'Two']) {
    const response = await fetch(`${lime.url}/api/v1/limeobject/person/`, {
      method: 'POST',
      headers: { 'x-api-key': 'local-lime-key', 'content-type': 'application/json' },
      body: JSON.stringify({ firstname, lastname: marks.person, email: marks.secondEmail }),
    });
    expect(response.status).toBe(201);
  }
};

/** Delivered at once, with several matches, after every kind of failure, updated, unchanged, and parked. */
const deliveries = async (): Promise<void> => {
  const create = (id: number) => ({ method: 'POST', fits: new RegExp(`/helpdesk/ .*conversation ${id}`) });
  const note = (id: number) => ({ method: 'POST', fits: new RegExp(`/history/ .*conversation ${id}`) });
  const page = 'text/html';
  lime.quote({ ...create(103), status: 422 });
  lime.quote({ ...create(104), status: 500, type: page });
  lime.quote({ ...note(105), status: 400 });
  lime.quote({ ...create(106), status: 201 });
  lime.quote({ ...create(107), status: 403 });
  lime.quote({ ...create(108), status: 403, type: page });
  lime.quote({ method: 'GET', fits: /query.*qz-lookup/, status: 400 });
  lime.quote({ ...note(110), status: 302 });
  for (const id of [101, 103, 104, 105, 106, 107, 108, 110]) {
    await journey.send(conversation(id));
    await journey.ended(id);
  }
  await journey.send(conversation(102, { contact: { name: marks.name, email: marks.secondEmail } }));
  await journey.ended(102);
  await journey.send(conversation(109, { contact: { email: `qz-lookup-${marks.email}` } }));
  await journey.ended(109);
  await journey.send(conversation(101));
  await journey.ended(101, 2);
  await journey.send(conversation(101, { transcript: [aMessage({ id: '101.1.9', body: `${marks.body} again` })] }));
  await journey.ended(101, 3);
};

const refusedCalls = async (): Promise<void> => {
  const broken = [
    { id: 201, transcript: [{ sent_at: marks.garbage, body: { text: marks.garbage } }, marks.garbage] },
    { id: 202, topics: { [marks.garbage]: marks.garbage } },
    { id: 203, contact: marks.garbage },
    { id: 204, organization_id: marks.garbage },
    { id: marks.garbage },
    marks.garbage,
  ];
  const operator = { _type: 'operator', _event: 'online', name: marks.name };
  const one = JSON.stringify(conversation(205));
  const noise = { noise: marks.body + randomBytes(2 * 1_024 * 1_024).toString('base64') };
  const calls: [number, Promise<Response>][] = [
    [422, journey.post(broken)],
    [200, journey.post([...broken, operator, conversation(206)])],
    [400, journey.post(`{"name": "${marks.name}"`)],
    [400, journey.post(JSON.stringify({ [marks.garbage]: marks.garbage }))],
    [401, journey.post(one, { 'x-api-key': marks.key })],
    [401, journey.post(one, { 'x-api-key': '', authorization: `Basic ${btoa(`${marks.email}:${marks.key}`)}` })],
    [413, journey.post(JSON.stringify({ ...conversation(207), ...noise }))],
    [415, journey.post(one, { 'content-type': `text/${marks.garbage}` })],
    [415, journey.post(one, { 'content-encoding': marks.garbage })],
    [400, journey.post(one, { 'content-encoding': 'gzip' })],
  ];
  for (const [status, call] of calls) expect(await seeAnswer(await call)).toBe(status);
  await journey.ended(206);
  const faults = `${journey.awsEndpoint}/_emulator/faults`;
  await fetch(faults, {
    method: 'POST',
    body: JSON.stringify({ service: 'sqs', action: 'SendMessageBatch', times: 20 }),
  });
  expect(await seeAnswer(await journey.post(conversation(208)))).toBe(503);
  await fetch(faults, { method: 'DELETE' });
};

type Clients = ReturnType<typeof createClients>;

const forgedRecords = async (QueueUrl: string, { sqs }: Clients): Promise<void> => {
  const head = { v: 1, organization: '108905', callId: 'forged', acceptedAt: '2024-02-22T15:49:07.260Z' };
  const bodies = [
    marks.garbage,
    JSON.stringify({ ...head, v: marks.garbage }),
    JSON.stringify({ ...head, organization: marks.email, encoding: 'json', body: conversation(301) }),
    JSON.stringify({ ...head, encoding: 'json', body: conversation(302, { organization_id: marks.garbage }) }),
    JSON.stringify({ ...head, encoding: 'json', body: conversation(303, { transcript: marks.garbage }) }),
    JSON.stringify({ ...head, encoding: 'br', body: marks.garbage }),
  ];
  const parked = () => journey.logs().filter(({ message, step }) => message === 'parked' && step === 'decode').length;
  for (const MessageBody of bodies) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  await journey.log(() => parked() === bodies.length);
};

const links = async (): Promise<void> => {
  const { url = '' } = await journey.send(conversation(101));
  const { url: refused = '' } = await journey.send(conversation(401, { updated_at: '2024-02-23T10:00:00Z' }));
  await journey.ended(401);
  for (const link of [url, refused, url.replace(/signature=.*/, `signature=${marks.garbage}`)]) {
    for (const accept of ['text/html', 'application/json']) {
      await seeAnswer(await fetch(link, { headers: { accept }, redirect: 'manual' }));
    }
  }
};

const commandLine = async ({ queueUrl, dlqUrl, ledgerTable }: z.infer<typeof Addresses>): Promise<void> => {
  const variables = {
    AWS_ENDPOINT_URL: journey.awsEndpoint,
    QUEUE_URL: queueUrl,
    DLQ_URL: dlqUrl,
    LEDGER_TABLE: ledgerTable,
  };
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await runCli(args, variables);
    see('command line', stdout, stderr);
    return { code, stdout };
  };
  const { stdout } = await run('failed', 'list', '--json');
  const [first] = z.array(z.looseObject({ id: z.string() })).parse(JSON.parse(stdout));
  expect((await run('failed', 'list')).code).toBe(0);
  expect((await run('failed', 'show', first?.id ?? '')).code).toBe(0);
  expect((await run('failed', 'show', first?.id ?? '', '--json')).code).toBe(0);
  expect((await run('failed', 'retry', '--conversation', '105', '--organization', '108905')).code).toBe(0);
};

const stores = async ({ dlqUrl, ledgerTable }: z.infer<typeof Addresses>, clients: Clients): Promise<void> => {
  const { Items = [] } = await clients.dynamodb.send(new ScanCommand({ TableName: ledgerTable }));
  see('ledger', ...Items.map((item) => JSON.stringify(item)));
  for (;;) {
    const { Messages = [] } = await clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: dlqUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
    );
    if (Messages.length === 0) return;
    see('attributes of dead letters', ...Messages.map((message) => JSON.stringify(message.MessageAttributes)));
  }
};

describe('personal data', () => {
  it('went where it belongs: into Lime, and into all that Lime refused', () => {
    const inLime = JSON.stringify(['helpdesk', 'history', 'person'].map((limetype) => lime.sandbox.objects(limetype)));

    for (const mark of [marks.name, marks.email, marks.body, marks.person]) expect(inLime).toContain(mark);
    expect(lime.quoted).toHaveLength(8);
    for (const quoted of lime.quoted) expect(quoted).toMatch(/qz-/i);
  });

  it('was looked for in every place', () => {
    const lengths = Object.fromEntries([...seen].map(([where, texts]) => [where, texts.length]));

    expect(lengths).toMatchObject({
      answers: 34,
      'attributes of dead letters': expect.any(Number),
      'command line': 10,
      ledger: expect.any(Number),
      'log lines and metrics': 2,
    });
    const messages = new Set(journey.logs().map(({ message }) => message));
    for (const message of ['call accepted', 'call refused', 'delivered', 'parked', 'retrying', 'link opened'])
      expect(messages).toContain(message);
    expect(seen.get('attributes of dead letters')?.length).toBeGreaterThanOrEqual(8);
    expect(seen.get('ledger')?.length).toBeGreaterThanOrEqual(11);
  });

  it.each(Object.entries(marks))('is in none of them: %s', (_what, mark) => {
    const found = [...seen].flatMap(([where, texts]) =>
      texts
        .filter((text) => text.toLowerCase().includes(mark.toLowerCase()))
        .map(
          (text) =>
            `${where}: …${text.slice(Math.max(0, text.toLowerCase().indexOf(mark.toLowerCase()) - 200)).slice(0, 300)}`,
        ),
    );

    expect(found).toEqual([]);
  });
});
