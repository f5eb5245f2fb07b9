import { afterEach, describe, expect, it } from '@jest/globals';
import type { FaultInput } from '../../../sandbox/control/faults.ts';
import { creationKey } from '../../../shared/delivery/relations/creation-key.ts';
import type { Ledger } from '../../../shared/ledger/ledger.ts';
import { LATE_WRITE_GRACE_MS } from '../../../shared/lime/retry.ts';
import { aConversation } from '../../support/conversations.ts';
import { anInstance, settingsOf } from '../../support/mapping/builders.ts';
import { organization, type SandboxMapper, startSandboxMapper } from '../../support/sandbox-mapper.ts';

const email = 'nina@newcomer.example';
const rules = [{ path: 'contact.email', properties: ['email'], as: 'email' }];
const properties = { firstname: { value: 'Nina' }, email: { path: 'contact.email' } };
const settings = settingsOf({
  instances: [
    anInstance({
      relations: { person: { property: 'person', limetype: 'person', rules, create: { properties } } },
      history: { relation: 'helpdesk', properties: { type: { value: 'comment' } } },
    }),
  ],
});

let mapper: SandboxMapper;
afterEach(async () => mapper.sandbox.close());

function from(id: number) {
  return aConversation({ id, contact: { email } });
}
function people() {
  return mapper.sandbox.objects('person').filter((person) => person.email === email);
}
function linked() {
  return mapper.sandbox
    .objects('helpdesk')
    .filter(({ title }) => String(title).startsWith('Userlike'))
    .map(({ person }) => person);
}
async function marks() {
  const conversation = creationKey('person', 'person', { rule: { as: 'email' }, normal: email });
  return (await mapper.ledger.read({ organization, conversation }))?.unconfirmedAttempts;
}

/** One conversation after the other, in one batch; each once Lime is done with what the one before has sent. */
async function send(faults: FaultInput[], ...ids: number[]) {
  mapper.sandbox.setFaults(faults);
  const claim: Ledger['claim'] = (key, attempt) => {
    if (/^\d+$/.test(key.conversation)) mapper.pass(LATE_WRITE_GRACE_MS);
    return mapper.ledger.claim(key, attempt);
  };
  const ledger = { ...mapper.ledger, claim };
  return mapper.send(ids.map(from), 1, { ...mapper.openContainer(), ledger, concurrency: 1 });
}

const posting = { method: 'POST', limetype: 'person' } as const;
const unclear: FaultInput = { kind: 'reset', commit: true, match: posting, times: 1 };
/** The batch's own lookup is answered, the next one, after the unclear create, is not. */
const unanswered: FaultInput = {
  kind: 'error',
  status: 500,
  match: { method: 'GET', path: '/query/' },
  skip: 1,
  times: 1,
};

describe('a person of whom nobody knows whether Lime has made it', () => {
  it('is searched for until Lime has answered, and not created again', async () => {
    mapper = await startSandboxMapper(settings);
    expect(await send([unclear, unanswered], 1, 2, 3)).toBe(2);
    expect(people()).toHaveLength(1);
    expect(linked()).toEqual([people()[0]?._id]);
  });

  it('is in no doubt any more once Lime has been asked, whatever it says to the next create', async () => {
    mapper = await startSandboxMapper(settings);
    const lost: FaultInput = { ...unclear, commit: false };
    expect(await send([lost], 1)).toBe(1);
    expect(await marks()).toHaveLength(1);
    expect(await send([{ kind: 'error', status: 422, match: posting }], 2)).toBe(0);
    expect(linked()).toEqual([null]);
    expect(await marks()).toEqual([]);
  });

  it('is several by now: nobody is made or linked, the note names them, and the claim is free', async () => {
    mapper = await startSandboxMapper(settings);
    const twice: FaultInput = { kind: 'duplicate', match: posting, times: 1 };
    const late: FaultInput = { kind: 'error', status: 500, commit: true, match: posting, times: 1 };
    expect(await send([twice, late], 1, 2)).toBe(1);
    expect(people()).toHaveLength(2);
    expect(linked()).toEqual([null]);
    const ids = people().map(({ _id }) => String(_id));
    const [note] = mapper.sandbox.objects('history').filter(({ note }) => String(note).startsWith('Userlike'));
    for (const id of ids) expect(note?.note).toContain(id);
    expect(await marks()).toEqual([]);
    expect(await send([], 1, 3)).toBe(0);
    expect(people()).toHaveLength(2);
  });
});

describe('a person who was created before', () => {
  const remove = (id: unknown) =>
    fetch(`${mapper.sandbox.url}/api/v1/limeobject/person/${id}/`, {
      method: 'DELETE',
      headers: { 'x-api-key': 'local-lime-key' },
    });

  it('is created again after its deletion in Lime, and then known as the first one was', async () => {
    mapper = await startSandboxMapper(settings);
    await send([], 1);
    const first = people()[0]?._id;
    expect((await remove(first)).status).toBe(204);
    expect(await send([], 2)).toBe(0);
    expect(mapper.parked).toEqual([]);
    const second = people()[0]?._id;
    expect(second).not.toBe(first);
    expect(linked()).toEqual([null, second]);
    await remove(second);
    await send([], 3);
    expect(people()).toHaveLength(1);
    expect(linked().at(-1)).toBe(people()[0]?._id);
  });

  it.each([
    { title: 'a moment', milliseconds: 0 },
    { title: 'a year', milliseconds: 365 * 24 * 3_600_000 },
  ])('is known $title later where lookups do not find it, and Lime has it', async ({ milliseconds }) => {
    mapper = await startSandboxMapper(settings);
    mapper.sandbox.setFaults([{ kind: 'rewrite', property: 'email', value: 'other@newcomer.example', match: posting }]);
    await mapper.send([from(1)]);
    mapper.requests();
    mapper.pass(milliseconds);
    await mapper.send([from(2)]);
    expect(mapper.requests()).toEqual([
      ...['GET ? person', 'GET ? person', 'GET person'],
      ...['POST helpdesk', 'POST history'],
    ]);
    const [one, other] = linked();
    expect(other).toBe(one);
  });
});
