import { afterEach, describe, expect, it } from '@jest/globals';
import { aConversation, aMessage } from '../../support/conversations.ts';
import { anInstance, settingsOf } from '../../support/mapping/builders.ts';
import { lease, organization, type SandboxMapper, startSandboxMapper } from '../../support/sandbox-mapper.ts';

function history(relation: string) {
  return { relation, properties: { type: { value: 'comment' } } };
}

/** Everything becomes a helpdesk, and what is about sales a deal besides. */
const settings = settingsOf({
  instances: [
    anInstance({ name: 'Helpdesk', history: history('helpdesk') }),
    anInstance({
      name: 'Deal',
      topics: ['Sales'],
      additional: true,
      limetype: 'deal',
      identify: 'name',
      properties: {
        name: { template: 'Userlike conversation {{ id }}' },
        value: { value: 0 },
        probability: { value: 0.1 },
        weightedvalue: { value: 0 },
      },
      history: history('deal'),
    }),
  ],
});

let mapper: SandboxMapper;
afterEach(async () => mapper.sandbox.close());

function sale(overrides = {}) {
  return aConversation({ topics: ['Sales'], contact: null, ...overrides });
}

describe('a conversation that two instances take on purpose', () => {
  it('becomes both limeobjects, each with its note, and costs nothing when it is sent again', async () => {
    mapper = await startSandboxMapper(settings);
    expect(await mapper.send([sale(), aConversation({ id: 2, contact: null })])).toBe(0);
    const { sandbox } = mapper;
    expect(sandbox.objects('helpdesk').filter(({ title }) => String(title).startsWith('Userlike'))).toHaveLength(2);
    const deals = sandbox.objects('deal').filter(({ name }) => name === 'Userlike conversation 63741936');
    expect(deals).toHaveLength(1);
    const notes = sandbox.objects('history').filter(({ note }) => String(note).includes('63741936'));
    expect(notes.map(({ helpdesk, deal }) => [typeof helpdesk, typeof deal])).toEqual([
      ['number', 'object'],
      ['object', 'number'],
    ]);
    mapper.requests();
    expect(await mapper.send([sale()])).toBe(0);
    expect(mapper.requests()).toEqual([]);
  });

  it('has an entry in the ledger for each', async () => {
    mapper = await startSandboxMapper(settings);
    await mapper.send([sale()]);
    const key = { organization, conversation: '63741936' };
    expect(await mapper.ledger.read(key)).toMatchObject({ outcome: 'delivered', object: { limetype: 'helpdesk' } });
    expect(await mapper.ledger.read({ ...key, additional: 'Deal' })).toMatchObject({
      outcome: 'delivered',
      object: { limetype: 'deal' },
    });
  });

  it('comes again for the one that failed, and the other is left as it is', async () => {
    mapper = await startSandboxMapper(settings);
    mapper.sandbox.setFaults([{ kind: 'error', status: 500, match: { method: 'POST', limetype: 'deal' }, times: 1 }]);
    expect(await mapper.send([sale()])).toBe(1);
    mapper.requests();
    mapper.pass(lease);
    expect(await mapper.send([sale()], 2)).toBe(0);
    expect(mapper.requests()).toEqual(['GET ? deal', 'POST deal', 'GET ? history', 'POST history']);
    expect(mapper.sandbox.objects('deal').filter(({ name }) => String(name).startsWith('Userlike'))).toHaveLength(1);
  });

  it.each([
    { title: 'has to be tried again', status: 500, again: 1 },
    { title: 'is refused for good', status: 422, again: 0 },
  ] as const)('gets no other limeobject where its main one $title', async ({ status, again }) => {
    mapper = await startSandboxMapper(settings);
    mapper.sandbox.setFaults([{ kind: 'error', status, match: { method: 'POST', limetype: 'helpdesk' }, times: 1 }]);

    expect(await mapper.send([sale()])).toBe(again);
    expect(mapper.requests()).toEqual(['POST helpdesk']);
  });

  it('gets what is new on both', async () => {
    mapper = await startSandboxMapper(settings);
    await mapper.send([sale()]);
    mapper.requests();
    const more = sale({ transcript: [aMessage(), aMessage({ id: '9', body: 'And one more.' })] });
    await mapper.send([more]);
    expect(mapper.requests()).toEqual(['POST history', 'POST history']);
  });
});
