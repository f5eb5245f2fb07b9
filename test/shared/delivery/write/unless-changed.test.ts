import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deliver } from '../../../../shared/delivery/deliver.ts';
import { changeInLime } from '../../../support/change-in-lime.ts';
import { aConversation } from '../../../support/conversations.ts';
import { createWorld, deliverUntilDone } from '../../../support/lime-world.ts';
import { anInstance, settingsOf } from '../../../support/mapping/builders.ts';
import { comment } from '../../../support/newcomers.ts';
import { jobOf, schedules } from '../../../support/numbered-messages.ts';
import { lease, type SandboxMapper, startSandboxMapper } from '../../../support/sandbox-mapper.ts';

const settings = settingsOf({
  instances: [
    anInstance({
      properties: {
        title: { template: 'Userlike conversation {{ id }}' },
        statuscolor: {
          path: 'status',
          options: { open: 'ongoing', ended: 'finished' },
          default: 'new',
          onResend: 'unlessChanged',
        },
        description: { path: 'summary', onResend: 'unlessChanged' },
        startdate: { path: 'created_at', onResend: 'unlessChanged' },
        enddate: { path: 'ended_at', onResend: 'unlessChanged' },
        email: { path: 'contact.email' },
      },
      history: { relation: 'helpdesk', properties: comment },
    }),
  ],
});

let mapper: SandboxMapper;
afterEach(() => mapper.sandbox.close());

const created = '2024-02-22T15:48:45.349Z';

function version(day: number, overrides: Record<string, unknown> = {}) {
  return aConversation({ id: 1, created_at: created, updated_at: `2024-03-0${day}T08:00:00Z`, ...overrides });
}

async function sent(...first: Record<string, unknown>[]): Promise<void> {
  mapper = await startSandboxMapper(settings);
  for (const [index, one] of first.entries()) await mapper.send([version(index + 1, one)]);
  mapper.requests();
}

function helpdesk() {
  return mapper.sandbox.objects('helpdesk').at(-1) ?? {};
}

const byHand = (values: Record<string, unknown>) => changeInLime(mapper.sandbox, 'PUT', 'helpdesk/1002/', values);

describe('a property that people may change', () => {
  it('is written again where nobody has changed it, after one read', async () => {
    await sent({ status: 'open', summary: 'a' });
    await mapper.send([version(2, { status: 'ended', summary: 'a' })]);
    expect(mapper.requests()).toEqual(['GET helpdesk', 'PUT helpdesk']);
    expect(helpdesk()).toMatchObject({ statuscolor: { key: 'finished' } });
    await mapper.send([version(3, { status: 'open', summary: 'b' })]);
    expect(mapper.requests()).toEqual(['GET helpdesk', 'PUT helpdesk']);
    expect(helpdesk()).toMatchObject({ statuscolor: { key: 'ongoing' }, description: 'b' });
  });

  it('is not read where another property changes', async () => {
    await sent({ status: 'open', summary: 'a' });
    await mapper.send([version(2, { status: 'open', summary: 'a', contact: { email: 'new@example.org' } })]);
    expect(mapper.requests()).toEqual(['PUT helpdesk']);
    expect(helpdesk()).toMatchObject({ email: 'new@example.org' });
  });

  it('stays as a coworker has left it, while the others are written', async () => {
    await sent({ status: 'open', summary: 'a' });
    await byHand({ statuscolor: 'parked', title: 'Retitled' });
    mapper.requests();
    await mapper.send([version(2, { status: 'ended', summary: 'b' })]);
    expect(mapper.requests()).toEqual(['GET helpdesk', 'PUT helpdesk']);
    expect(helpdesk()).toMatchObject({ statuscolor: { key: 'parked' }, description: 'b', title: 'Retitled' });
    await mapper.send([version(3, { status: 'open', summary: 'b' })]);
    // The status is what the bridge wrote last, so nothing of it is read.
    expect(mapper.requests()).toEqual(['PUT helpdesk']);
    expect(helpdesk()).toMatchObject({ statuscolor: { key: 'parked' } });
  });

  it('that was empty is written where it is still empty', async () => {
    await sent({ status: 'open' });
    await mapper.send([version(2, { status: 'open', summary: 'a', ended_at: '2024-03-01T10:00:00Z' })]);
    expect(helpdesk()).toMatchObject({ description: 'a', enddate: expect.stringContaining('2024-03-01T11:00:00') });
    await byHand({ description: 'By hand' });
    await mapper.send([version(3, { status: 'open', summary: 'b', ended_at: '2024-03-01T10:00:00Z' })]);
    expect(helpdesk()).toMatchObject({ description: 'By hand' });
  });

  it.each([
    { title: 'was carried out', commit: true },
    { title: 'was not carried out', commit: false },
  ])('counts as written by the bridge where an unanswered update $title', async ({ commit }) => {
    await sent({ status: 'open', summary: 'a' });
    mapper.sandbox.setFaults([{ kind: 'reset', commit, times: 1, match: { method: 'PUT', limetype: 'helpdesk' } }]);
    expect(await mapper.send([version(2, { status: 'ended', summary: 'b' })])).toBe(1);
    mapper.pass(lease);
    expect(await mapper.send([version(3, { status: 'new', summary: 'c' })])).toBe(0);
    expect(helpdesk()).toMatchObject({ statuscolor: { key: 'new' }, description: 'c' });
  });

  it('counts as written by the bridge after an unanswered create', async () => {
    mapper = await startSandboxMapper(settings);
    mapper.sandbox.setFaults([
      { kind: 'reset', commit: true, times: 1, match: { method: 'POST', limetype: 'helpdesk' } },
    ]);
    expect(await mapper.send([version(1, { status: 'open', summary: 'a' })])).toBe(1);
    mapper.pass(lease);
    expect(await mapper.send([version(2, { status: 'ended', summary: 'b' })])).toBe(0);
    expect(helpdesk()).toMatchObject({ statuscolor: { key: 'finished' }, description: 'b' });
    expect(mapper.sandbox.objects('helpdesk')).toHaveLength(2);
  });

  it('is known in the ledger by a hash alone', async () => {
    await sent({ status: 'open', summary: 'Something private' });
    const entry = await mapper.ledger.read({ organization: '108905', conversation: '1' });
    expect(entry?.object?.written?.description).toEqual([expect.stringMatching(/^[\w-]{11}$/)]);
  });
});

it('a property counts as written by the bridge, whatever happens to its requests', async () => {
  const properties = {
    title: { template: 'Userlike conversation {{ id }}' },
    description: { template: '{{ transcript.size }} messages', onResend: 'unlessChanged' },
  };
  const counting = settingsOf({ instances: [anInstance({ properties })] });
  await fc.assert(
    fc.asyncProperty(schedules, schedules, async (first, second) => {
      const world = createWorld([]);
      await deliverUntilDone(jobOf(1, counting), world);
      world.meet(first);
      // The mapper may end at any request of the second version, and the third one comes before it is tried again.
      await deliver(jobOf(2, counting), world.deps).catch(() => undefined);
      world.pass(lease);
      world.meet(second);
      await deliverUntilDone(jobOf(3, counting), world);
      expect([...world.helpdesks.values()]).toMatchObject([{ description: '3 messages' }]);
    }),
    { numRuns: 200 },
  );
});
