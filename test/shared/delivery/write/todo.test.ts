import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FaultInput } from '../../../../sandbox/control/faults.ts';
import { aConversation } from '../../../support/conversations.ts';
import { anInstance, settingsOf } from '../../../support/mapping/builders.ts';
import { lease, type SandboxMapper, startSandboxMapper } from '../../../support/sandbox-mapper.ts';

const todo = {
  topics: ['Invoice'],
  answers: { post_survey_option: ['Not satisfied'] },
  relation: 'helpdesk',
  properties: { subject: { template: 'Call {{ contact.name }} · #{{ id }}' } },
  due: { properties: ['starttime', 'endtime'] },
  relations: { coworker: 'coworker' },
};
const coworker = {
  property: 'coworker',
  limetype: 'coworker',
  rules: [{ path: 'operator_assigned_to_email', properties: ['email'], as: 'email' }],
};
const history = { relation: 'helpdesk', properties: { type: { value: 'comment' } } };
const settings = settingsOf({ instances: [anInstance({ todo, relations: { coworker }, history })] });
const invoice = { topics: ['invoice'], operator_assigned_to_email: 'maria.muster@example.com' };
const of = { limetype: 'todo', method: 'POST' as const };

describe('the activity of a conversation', () => {
  let mapper: SandboxMapper;
  let id = 0;
  let minute = 0;
  beforeAll(async () => {
    mapper = await startSandboxMapper(settings);
  });
  afterAll(() => mapper.sandbox.close());
  const send = (fields: Record<string, unknown>, faults: FaultInput[] = []) => {
    minute += 1;
    mapper.sandbox.setFaults(faults);
    return mapper.send([aConversation({ id, updated_at: new Date(minute * 60_000).toISOString(), ...fields })]);
  };
  const todos = () => mapper.sandbox.objects('todo').filter(({ subject }) => String(subject).endsWith(`#${id}`));
  const note = () => String(mapper.sandbox.objects('history').at(-1)?.note);

  it('has subject, owner and due time, and belongs to the limeobject', async () => {
    id = 1;
    await send(invoice);
    const helpdesk = mapper.sandbox.objects('helpdesk').at(-1)?._id;
    expect(todos()).toMatchObject([
      {
        subject: 'Call Erika Beispiel · #1',
        helpdesk,
        coworker: 1002,
        starttime: expect.stringMatching(/^2024-02-23T0[89]:00/),
      },
    ]);
  });

  it('is not made again by a later version, nor after a coworker has changed its subject', async () => {
    await send({ ...invoice, rate: 2 });
    await send({ ...invoice, rate: 3, post_survey_option: 'Not satisfied' });
    expect(todos()).toHaveLength(1);
  });

  it('is made as soon as an answer asks for it, and not before', async () => {
    id = 2;
    await send({});
    expect(todos()).toEqual([]);
    await send({ post_survey_option: ' not satisfied' });
    expect(todos()).toHaveLength(1);
  });

  it('is made when only the topic is new', async () => {
    id = 3;
    await send({});
    await send({ topics: ['Support', 'Invoice'] });
    expect(todos()).toHaveLength(1);
  });

  it.each<{ title: string; faults: FaultInput[] }>([
    { title: 'its create was not carried out', faults: [{ kind: 'reset', commit: false, times: 1, match: of }] },
    { title: 'the answer to its create got lost', faults: [{ kind: 'reset', commit: true, times: 1, match: of }] },
    {
      title: 'the note after it failed',
      faults: [{ kind: 'error', status: 503, times: 1, match: { limetype: 'history' } }],
    },
  ])('is there once where $title', async ({ faults }) => {
    id += 10;
    expect(await send(invoice, faults)).toBe(1);
    mapper.pass(lease);
    minute -= 1;
    expect(await send(invoice)).toBe(0);
    expect(todos()).toHaveLength(1);
    expect(mapper.parked).toEqual([]);
  });

  it('is named in the note where Lime refuses it, and the next version tries again', async () => {
    id = 100;
    expect(await send(invoice, [{ kind: 'error', status: 422, match: of }])).toBe(0);
    expect(note()).toMatch(/^Not saved: .+ \(refused by Lime\)$/m);
    await send({ ...invoice, rate: 3 });
    expect(todos()).toHaveLength(1);
  });
});

describe('an activity that the tenant cannot have', () => {
  it.each([
    { title: 'without its relation', change: { relation: 'case' }, says: /Not saved: case/ },
    {
      title: 'without a required value',
      change: { due: undefined, properties: { ...todo.properties, starttime: { path: 'ended_at' } } },
      says: /Not saved: /,
    },
  ])('$title leaves its conversation, whose note names it', async ({ change, says }) => {
    const instance = anInstance({ todo: { ...todo, ...change }, relations: { coworker }, history });
    const mapper = await startSandboxMapper(settingsOf({ instances: [instance] }));
    try {
      expect(await mapper.send([aConversation(invoice)])).toBe(0);
      expect(mapper.parked).toEqual([]);
      expect(mapper.sandbox.objects('todo')).toEqual([]);
      expect(String(mapper.sandbox.objects('history').at(-1)?.note)).toMatch(says);
    } finally {
      await mapper.sandbox.close();
    }
  });
});
