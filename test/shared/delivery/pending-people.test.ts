import { afterEach, describe, expect, it } from '@jest/globals';
import { aConversation } from '../../support/conversations.ts';
import { byName, mail, person, phone, settingsWith, ways } from '../../support/newcomers.ts';
import { type SandboxMapper, startSandboxMapper } from '../../support/sandbox-mapper.ts';

let mapper: SandboxMapper;
afterEach(async () => mapper.sandbox.close());

async function open(...given: Parameters<typeof startSandboxMapper>): Promise<SandboxMapper> {
  mapper = await startSandboxMapper(...given);
  return mapper;
}

describe('the look-up of a batch that creates people', () => {
  it('is one query for all, where what is searched is what was written', async () => {
    const { send, requests } = await open(settingsWith({ person }));
    await send([1, 2, 3].map((id) => aConversation({ id, contact: { email: `nina${id}@newcomer.example` } })));
    expect(requests().filter((request) => request.startsWith('GET'))).toEqual(['GET ? person']);
  });

  it('is one more for each that follows one whom only Lime can tell from it', async () => {
    const { send, requests, openContainer } = await open(settingsWith({ person: byName }));
    const all = [1, 2, 3].map((id) => aConversation({ id, contact: { name: `Nina ${'N'.repeat(id)}` } }));
    await send(all, 1, { ...openContainer(), concurrency: 1 });
    expect(requests().filter((request) => request.startsWith('GET'))).toHaveLength(3);
  });
});

describe('a batch whose first person could not be created', () => {
  const contacts = [{ email: mail, phone_number: phone }, { phone_number: phone }].map((contact, index) =>
    aConversation({ id: index + 1, contact }),
  );
  const people = () => mapper.sandbox.objects('person').filter(({ firstname }) => firstname === 'Nina');

  it.each(ways)('since Lime refused it, the next one makes its own, $title', async ({ concurrency }) => {
    const { sandbox, send, openContainer } = await open(settingsWith({ person }));
    sandbox.setFaults([{ kind: 'error', status: 422, match: { method: 'POST', limetype: 'person' }, times: 1 }]);
    expect(await send(contacts, 1, { ...openContainer(), concurrency })).toBe(0);
    expect(people()).toMatchObject([{ email: '', phone }]);
  });

  it.each(ways.flatMap((way) => [true, false].map((commit) => ({ ...way, commit }))))(
    'as far as anybody knows, the next one asks Lime, $title ($commit)',
    async ({ concurrency, commit }) => {
      const { sandbox, send, openContainer } = await open(settingsWith({ person }));
      sandbox.setFaults([
        { kind: 'error', status: 500, commit, match: { method: 'POST', limetype: 'person' }, times: 1 },
      ]);
      expect(await send(contacts, 1, { ...openContainer(), concurrency })).toBe(1);
      expect(people()).toHaveLength(1);
      await send(contacts, 2);
      expect(people()).toHaveLength(1);
    },
  );
});
