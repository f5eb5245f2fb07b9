import { afterEach, describe, expect, it } from '@jest/globals';
import type { FaultInput } from '../../../sandbox/control/faults.ts';
import type { MapperDeps } from '../../../shared/delivery/mapper-deps.ts';
import { LATE_WRITE_GRACE_MS } from '../../../shared/lime/retry.ts';
import { aConversation, aMessage } from '../../support/conversations.ts';
import { defaultSettings } from '../../support/mapping/builders.ts';
import { type SandboxMapper, startSandboxMapper } from '../../support/sandbox-mapper.ts';

let mapper: SandboxMapper;
afterEach(async () => mapper.sandbox.close());

const ada = { email: 'ada@example.org' };
const gwen = { email: 'gwen@example.net' };
const bo = { email: 'bo.beispiel@example.com' };
const nobody = { email: 'hugo@nowhere.example' };
const eve = { email: 'double@example.com' };

let version = 0;
function sent(contact: object, more: Record<string, unknown> = {}) {
  version += 1;
  return aConversation({
    contact,
    operator_assigned_to_email: 'peter.testman@example.com',
    transcript: [aMessage({ id: '1.1.1' }), aMessage({ id: `1.2.${version}`, body: `Version ${version}.` })],
    updated_at: new Date(Date.UTC(2024, 1, 22, 10, version)).toISOString(),
    ...more,
  });
}
async function start(contact: object) {
  version = 0;
  mapper = await startSandboxMapper(defaultSettings);
  expect(await mapper.send([sent(contact)])).toBe(0);
  mapper.requests();
}
function linksOf({ person, company, coworker }: Record<string, unknown>) {
  return [person, company, coworker];
}
function helpdesk() {
  return mapper.sandbox.objects('helpdesk').at(-1) ?? {};
}
function note() {
  return mapper.sandbox.objects('history').at(-1) ?? {};
}
async function changeInLime(values: Record<string, unknown>) {
  const { status } = await fetch(`${mapper.sandbox.url}/api/v1/limeobject/helpdesk/${helpdesk()._id}/`, {
    method: 'PUT',
    headers: { 'x-api-key': 'local-lime-key', 'content-type': 'application/json' },
    body: JSON.stringify(values),
  });
  expect(status).toBe(200);
  mapper.requests();
}

describe('a contact who is corrected', () => {
  it.each([
    { title: 'somebody whom Lime does not have', from: ada, to: nobody, links: [null, null, 1001] },
    { title: 'a person without a company', from: ada, to: gwen, links: [1008, null, 1001] },
    { title: 'a person of another company', from: ada, to: bo, links: [1002, 1002, 1001] },
    { title: 'a person, from nobody', from: nobody, to: ada, links: [1001, 1001, 1001] },
    { title: 'one of several', from: ada, to: eve, links: [null, null, 1001] },
  ])('to $title changes all links of limeobject and note', async ({ from, to, links }) => {
    await start(from);
    expect(await mapper.send([sent(to)])).toBe(0);
    expect(mapper.requests().toSorted()).toEqual([
      'GET ? coworker',
      // A person whom no usual spelling finds is looked for once more.
      ...Array.from({ length: to === nobody ? 2 : 1 }, () => 'GET ? person'),
      'GET helpdesk',
      'POST history',
      'PUT helpdesk',
    ]);
    expect(linksOf(helpdesk())).toEqual(links);
    expect(linksOf(note())).toEqual(links);
    // What follows costs its note alone, and the look-up for a person who is not known.
    await mapper.send([sent(to)]);
    expect(mapper.requests().filter((request) => request !== 'GET ? person')).toEqual(['POST history']);
    expect(linksOf(helpdesk())).toEqual(links);
  });

  it('to one of several is named in the note', async () => {
    await start(ada);
    await mapper.send([sent(eve)]);
    expect(note().note).toContain('No person linked, several in Lime match');
  });

  it('is followed after an operator was corrected, and back again', async () => {
    await start(ada);
    const maria = { operator_assigned_to_email: 'maria.muster@example.com' };
    await mapper.send([sent(ada, maria)]);
    expect(linksOf(helpdesk())).toEqual([1001, 1001, 1002]);
    await mapper.send([sent(gwen, { operator_assigned_to_email: 'nobody@example.com' })]);
    expect(linksOf(helpdesk())).toEqual([1008, null, null]);
    await mapper.send([sent(ada)]);
    expect(linksOf(helpdesk())).toEqual([1001, 1001, 1001]);
  });

  it('keeps a person whom a coworker has linked by hand, as the note says', async () => {
    await start(ada);
    await changeInLime({ person: 1002 });
    for (const to of [gwen, nobody, eve]) {
      await mapper.send([sent(to, { operator_assigned_to_email: 'maria.muster@example.com' })]);
      expect(linksOf(helpdesk())).toEqual([1002, 1001, 1002]);
      expect(linksOf(note())).toEqual([1002, 1001, 1002]);
      expect(note().note).toContain('Not saved: person (changed by hand in Lime)');
      expect(note().note).not.toContain('No person linked, several in Lime match');
    }
  });

  it('keeps a coworker whom somebody has linked by hand', async () => {
    await start(ada);
    await changeInLime({ coworker: 1002 });
    await mapper.send([sent(gwen, { operator_assigned_to_email: 'nobody@example.com' })]);
    expect(linksOf(helpdesk())).toEqual([1008, null, 1002]);
  });

  it('is followed where the person of before was deleted from Lime', async () => {
    await start(ada);
    const { status } = await fetch(`${mapper.sandbox.url}/api/v1/limeobject/person/1001/`, {
      method: 'DELETE',
      headers: { 'x-api-key': 'local-lime-key' },
    });
    expect(status).toBe(204);
    await mapper.send([sent(gwen)]);
    expect(linksOf(helpdesk())).toEqual([1008, null, 1001]);
  });

  it('is followed where the ledger only knows what was found', async () => {
    await start(ada);
    const key = { organization: '108905', conversation: String(sent(ada).id) };
    const { links: _, ...object } = (await mapper.ledger.read(key))?.object ?? {
      id: 0,
      instance: '',
      limetype: '',
      url: '',
      values: '',
    };
    const { claim } = await mapper.ledger.claim(key, { fingerprint: 'other', recency: { messages: 9 } });
    if (claim === undefined) throw new Error('not claimed');
    await mapper.ledger.record(claim, object);
    await mapper.ledger.settle(claim, { outcome: 'released' });
    await mapper.send([sent(gwen)]);
    expect(linksOf(helpdesk())).toEqual([1008, null, 1001]);
  });

  const put = { method: 'PUT', limetype: 'helpdesk' } as const;
  it.each<{ title: string; fault: FaultInput }>([
    { title: 'whose answer got lost', fault: { kind: 'reset', commit: true, match: put, times: 1 } },
    { title: 'that Lime did not take', fault: { kind: 'error', status: 500, match: put, times: 1 } },
  ])('is followed after an update $title', async ({ fault }) => {
    await start(ada);
    mapper.sandbox.setFaults([fault]);
    expect(await mapper.send([sent(bo)])).toBe(1);
    mapper.pass(LATE_WRITE_GRACE_MS);
    expect(await mapper.send([sent(gwen)])).toBe(0);
    expect(linksOf(helpdesk())).toEqual([1008, null, 1001]);
    expect(linksOf(note())).toEqual([1008, null, 1001]);
  });

  it('is followed after a create whose answer got lost', async () => {
    version = 0;
    mapper = await startSandboxMapper(defaultSettings);
    const post = { method: 'POST', limetype: 'helpdesk' } as const;
    mapper.sandbox.setFaults([{ kind: 'reset', commit: true, match: post, times: 1 }]);
    expect(await mapper.send([sent(ada)])).toBe(1);
    mapper.pass(LATE_WRITE_GRACE_MS);
    expect(await mapper.send([sent(nobody)])).toBe(0);
    expect(linksOf(helpdesk())).toEqual([null, null, 1001]);
  });

  it('leaves a relation that Lime requires, with what belongs to it, and the note says so', async () => {
    await start(ada);
    const container = mapper.openContainer();
    const openTenant: MapperDeps['openTenant'] = async (organization) => {
      const tenant = await container.openTenant(organization);
      const metadata: typeof tenant.metadata = async (limetypes) => {
        const all = new Map(await tenant.metadata(limetypes));
        const type = all.get('helpdesk');
        const person = type?.properties.get('person');
        if (type === undefined || person === undefined) return all;
        const properties = new Map(type.properties).set('person', { ...person, required: true });
        return all.set('helpdesk', { ...type, properties });
      };
      return { ...tenant, metadata };
    };
    expect(await mapper.send([sent(nobody)], 1, { ...container, openTenant })).toBe(0);
    expect(mapper.parked).toEqual([]);
    expect(linksOf(helpdesk())).toEqual([1001, 1001, 1001]);
    expect(linksOf(note())).toEqual([1001, 1001, 1001]);
    expect(note().note).toContain('Not saved: person (cannot be emptied)');
  });
});

describe('a contact who stays the same', () => {
  it.each([{ person: 1002 }, { company: null }, { coworker: 1002 }])(
    'leaves what a coworker has changed by hand, whatever else is written: %j',
    async (byHand) => {
      await start(ada);
      await changeInLime(byHand);
      await mapper.send([sent({ ...ada, name: 'Ada Example' })]);
      expect(helpdesk()).toMatchObject(byHand);
    },
  );
});
