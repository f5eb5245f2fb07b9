import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aConversation } from '../../support/conversations.ts';
import { anInstance, settingsOf } from '../../support/mapping/builders.ts';
import { type SandboxMapper, startSandboxMapper } from '../../support/sandbox-mapper.ts';

const PETER = 1001;
const MARIA = 1002;
const coworker = {
  property: 'coworker',
  limetype: 'coworker',
  inactive: 'inactive',
  rules: [{ path: 'operator_assigned_to_email', properties: ['email'], as: 'email' }],
  fallback: [
    { path: 'routing_info.operator_group.name', options: { ' Support': 'maria.muster@example.com' } },
    { path: 'um_widget.name', options: { Shop: 'nobody@example.com', Former: 'otto.former@example.com' } },
    { path: 'topics.0.text', options: { Invoice: 'maria.muster@example.com' } },
    { value: 'peter.testman@example.com' },
  ],
};
const history = { relation: 'helpdesk', properties: { type: { value: 'comment' } } };
const inGroup = (name: string) => ({ routing_info: { operator_group: { id: 1, name } } });

describe('the owner of a limeobject', () => {
  let mapper: SandboxMapper;
  beforeAll(async () => {
    mapper = await startSandboxMapper(settingsOf({ instances: [anInstance({ relations: { coworker }, history })] }));
  });
  afterAll(() => mapper.sandbox.close());
  let id = 0;

  it.each([
    {
      title: 'the operator',
      conversation: { operator_assigned_to_email: 'peter.testman@example.com', ...inGroup('Support') },
      owner: PETER,
    },
    { title: "the group's, in any case", conversation: inGroup('SUPPORT '), owner: MARIA },
    {
      title: "the group's in place of an operator who has left",
      conversation: { operator_assigned_to_email: 'otto.former@example.com', ...inGroup('Support') },
      owner: MARIA,
    },
    {
      title: "the topic's, if the widget's is unknown",
      conversation: { um_widget: { name: 'Shop' }, topics: ['Invoice'] },
      owner: MARIA,
    },
    {
      title: "the fixed one, if the widget's is inactive",
      conversation: { um_widget: { name: 'Former' } },
      owner: PETER,
    },
    {
      title: 'the fixed one, if nothing else names one',
      conversation: { ...inGroup('Sales'), um_widget: null },
      owner: PETER,
    },
  ])('is $title', async ({ conversation, owner }) => {
    id += 1;
    await mapper.send([aConversation({ id, operator_assigned_to_email: null, ...conversation })]);
    expect(mapper.sandbox.objects('helpdesk').at(-1)).toMatchObject({
      title: `Userlike conversation ${id}`,
      coworker: owner,
    });
  });

  it('is found for a whole batch with one query', async () => {
    mapper.requests();
    await mapper.send(
      [101, 102, 103].map((one) => aConversation({ id: one, ...inGroup(one === 102 ? 'Support' : 'Sales') })),
    );
    expect(mapper.requests().filter((request) => !request.startsWith('POST'))).toEqual(['GET ? coworker']);
    expect(mapper.parked).toEqual([]);
  });

  it('follows a corrected group', async () => {
    const versions = ['Support', 'Sales'].map((group, index) =>
      aConversation({ id: 201, ...inGroup(group), updated_at: `2024-02-22T16:0${index}:00Z` }),
    );
    for (const version of versions) await mapper.send([version]);
    const object = mapper.sandbox.objects('helpdesk').find(({ title }) => title === 'Userlike conversation 201');
    expect(object).toMatchObject({ coworker: PETER });
  });
});
