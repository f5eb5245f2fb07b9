import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Settings } from '../../../shared/mapping/settings/settings.ts';
import { aConversation } from '../../support/conversations.ts';
import { defaultSettings } from '../../support/mapping/builders.ts';
import { organization, type SandboxMapper, startSandboxMapper } from '../../support/sandbox-mapper.ts';

const settings = Settings.parse({ ...defaultSettings, accept: { whileOpen: 'skip', exceptTopics: ['Spam'] } });
const version = (id: number, second: number, overrides: Record<string, unknown>) =>
  aConversation({ id, updated_at: `2024-02-22T15:50:${second}.000Z`, status: 'open', ...overrides });
const ended = { status: 'ended' };

describe('a conversation that the settings do not accept', () => {
  let mapper: SandboxMapper;
  beforeAll(async () => {
    mapper = await startSandboxMapper(settings);
  });
  afterAll(() => mapper.sandbox.close());
  const entryOf = (id: number) => mapper.ledger.read({ organization, conversation: String(id) });

  it('is acknowledged without a request to Lime, and the ledger has the reason', async () => {
    expect(await mapper.send([version(1, 10, {})])).toBe(0);
    expect(mapper.requests()).toEqual([]);
    expect(await entryOf(1)).toMatchObject({ outcome: 'skipped', reason: 'the conversation has not ended' });
  });

  it('is taken whole as soon as it qualifies', async () => {
    await mapper.send([version(1, 20, ended)]);
    expect(mapper.requests().filter((request) => request.startsWith('POST'))).toEqual([
      'POST helpdesk',
      'POST history',
    ]);
    expect(await entryOf(1)).toMatchObject({ outcome: 'delivered' });
  });

  it('goes on being written once it was accepted', async () => {
    await mapper.send([version(1, 30, { topics: [{ text: 'Spam' }], rate: 2 })]);
    expect(mapper.requests()).toContain('POST history');
    expect(await entryOf(1)).toMatchObject({ outcome: 'delivered' });
  });

  it('is not searched for with the others of its batch', async () => {
    const contact = { name: 'Zoe Example', email: 'zoe@example.org' };
    await mapper.send([version(2, 10, { contact }), version(3, 10, ended)]);
    const searched = JSON.stringify(mapper.sandbox.requests().map(({ q }) => q));
    expect(searched).not.toContain('zoe@example.org');
    expect(await entryOf(2)).toMatchObject({ outcome: 'skipped' });
    expect(await entryOf(3)).toMatchObject({ outcome: 'delivered' });
  });

  it('is logged and counted with its rule', async () => {
    const logged: unknown[] = [];
    const emitted: unknown[] = [];
    const container = {
      ...mapper.openContainer(),
      log: {
        ...{ warn: () => undefined, error: () => undefined },
        info: (...line: unknown[]) => void logged.push(line),
      },
      emit: (...metric: unknown[]) => void emitted.push(metric),
    };
    await mapper.send([version(4, 10, { topics: [{ text: 'spam' }] })], 1, container);
    expect(logged).toMatchObject([['skipped', { conversation: '4', reason: 'the topic Spam is left out' }]]);
    expect(emitted).toContainEqual(['Skipped', 1, 'topic']);
  });

  it('is skipped at its last receive too', async () => {
    expect(await mapper.send([version(5, 10, {})], 10)).toBe(0);
    expect(mapper.parked).toEqual([]);
    expect(await entryOf(5)).toMatchObject({ outcome: 'skipped' });
  });
});
