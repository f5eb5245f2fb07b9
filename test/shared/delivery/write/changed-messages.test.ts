import { describe, expect, it } from '@jest/globals';
import type { Job } from '../../../../shared/delivery/record.ts';
import type { WrittenDigests } from '../../../../shared/ledger/written-digests.ts';
import { toDraft } from '../../../../shared/mapping/draft.ts';
import { digestOf } from '../../../../shared/notes/entry.ts';
import { Conversation } from '../../../../shared/userlike/conversation.ts';
import { aMessage } from '../../../support/conversations.ts';
import { createWorld, deliverUntilDone, type World } from '../../../support/lime-world.ts';
import { settingsWith } from '../../../support/numbered-messages.ts';

const settings = settingsWith();

function jobOf(day: number, transcript: unknown[], overrides: Record<string, unknown> = {}): Job {
  const conversation = Conversation.parse({
    id: 7,
    contact: { name: 'Ada Example' },
    updated_at: `2024-02-0${day}T00:00:00Z`,
    transcript,
    ...overrides,
  });
  const draft = toDraft(conversation, settings);
  return { organization: '1', conversation: '7', callId: 'call', draft, acceptedAt: '2024-02-22', lastTry: false };
}

/** Without its first line, which tells it from the others, and the head. */
function lastNote({ notes }: World): string {
  const lines = String(notes.at(-1)?.note).split('\n');
  return lines.slice(lines.findIndex((line) => line.startsWith('['))).join('\n');
}

function said(fields: Record<string, unknown>) {
  return aMessage({ id: '7.1.1', ...fields });
}
const at = '[2024-02-22 16:49:07] Contact Ada Example';

describe('a message that has changed since Lime has it', () => {
  it.each([
    { title: 'as edited', change: { body: '50 euro' }, told: `${at} (edited): 50 euro` },
    {
      title: 'as edited once, where it says so',
      change: { body: '50 euro', edited: 1 },
      told: `${at} (edited): 50 euro`,
    },
    { title: 'as deleted', change: { deleted_at: '2024-02-22T16:00:00Z' }, told: `${at}: (message deleted)` },
    { title: 'as not delivered', change: { state: { error_code: 5 } }, told: `${at} (not delivered): 500 euro` },
  ])('is told again, $title', async ({ change, told }) => {
    const world = createWorld([]);
    const others = [aMessage({ id: '7.1.2', body: 'Thanks' })];
    await deliverUntilDone(jobOf(1, [said({ body: '500 euro' }), ...others]), world);
    await deliverUntilDone(jobOf(2, [said({ body: '500 euro', ...change }), ...others]), world);
    expect(world.notes).toHaveLength(2);
    expect(lastNote(world)).toBe(told);
    await deliverUntilDone(jobOf(3, [said({ body: '500 euro', ...change }), ...others]), world);
    expect(world.notes).toHaveLength(2);
  });

  it('is written each time, even if it returns to its first text', async () => {
    const world = createWorld([]);
    for (const [index, body] of ['500 euro', '50 euro', '500 euro'].entries())
      await deliverUntilDone(jobOf(index + 1, [said({ body })]), world);
    expect(world.notes).toHaveLength(3);
    expect(lastNote(world)).toBe(`${at} (edited): 500 euro`);
  });

  it.each(['lost after', 'killed after'] as const)('is written once where the response is %s', async (fate) => {
    const world = createWorld([]);
    await deliverUntilDone(jobOf(1, [said({ body: '500 euro' })]), world);
    world.meet([fate]);
    await deliverUntilDone(jobOf(2, [said({ body: '50 euro' })]), world);
    expect(world.notes).toHaveLength(2);
  });

  it('does not affect other messages: a new one is written without a remark', async () => {
    const world = createWorld([]);
    await deliverUntilDone(jobOf(1, [said({ body: 'Hi' })], { rate: 2 }), world);
    await deliverUntilDone(jobOf(2, [said({ body: 'Hi' }), said({ id: '7.1.2', body: 'Ho' })], { rate: 4 }), world);
    expect(lastNote(world)).toBe(`${at}: Ho\nRating: 4`);
  });
});

describe('what changes by itself', () => {
  const file = 'https://www.userlike.com/files';
  const transcript = (key: number) => [
    said({ body: 'the contract', url: `${file}/a.pdf?Expires=${key}&Signature=${key}`, state: { type: key } }),
    said({
      id: '7.1.2',
      body: null,
      attachments: ['a', 'b'].map((name) => ({ name, url: `${file}/c.pdf?f=${name}&sig=${key}` })),
      marked_read_contact: key > 1,
    }),
    said({ id: null, body: null, url: `${file}/d.pdf?token=${key}` }),
  ];

  it('makes nothing new: signatures, read marks, states', async () => {
    const world = createWorld([]);
    await deliverUntilDone(jobOf(1, transcript(1)), world);
    const before = world.notes.length;
    for (const day of [2, 3]) await deliverUntilDone(jobOf(day, transcript(day)), world);
    expect(world.notes).toHaveLength(before);
    expect(world.documents).toHaveLength(4);
    expect(jobOf(1, transcript(1)).draft.fingerprint).toBe(jobOf(1, transcript(2)).draft.fingerprint);
  });

  it('makes nothing new of what version 0.1.0 wrote', async () => {
    const world = createWorld([]);
    const [second] = jobOf(1, transcript(1)).draft.entries.filter(({ media }) => media?.legacyId && media.name === 'b');
    const third = second?.media?.legacyId ?? '';
    const fourth = jobOf(1, transcript(1)).draft.entries.at(-1)?.media?.legacyId ?? '';
    const writtenDigests: WrittenDigests = [
      digestOf('conversation row'),
      ...['7.1.1', '7.1.2', third, fourth].map((id) => digestOf('document', id)),
      digestOf('7.1.1', `the contract\nFile: ${file}/a.pdf?Expires=1&Signature=1`),
      digestOf('7.1.2', `File: ${file}/c.pdf?f=a&sig=1`),
      digestOf(third, `File: ${file}/c.pdf?f=b&sig=1`),
      digestOf(fourth, `File: ${file}/d.pdf?token=1`),
    ].join('');
    const key = { organization: '1', conversation: '7' };
    const recency = { messages: 4, updatedAt: 1 };
    const { claim } = await world.deps.ledger.claim(key, { fingerprint: 'former', recency });
    if (claim === undefined) throw new Error('not claimed');
    const object = {
      instance: settings.instances[0]?.name ?? '',
      limetype: 'helpdesk',
      id: 1_001,
      url: 'x',
      values: '',
    };
    world.helpdesks.set(1_001, { _id: 1_001 });
    const delivered = { fingerprint: 'former', recency, writtenDigests };
    await world.deps.ledger.settle(claim, { outcome: 'delivered', object, delivered });

    for (const day of [1, 2]) await deliverUntilDone(jobOf(day, transcript(day)), world);
    expect([world.notes, world.documents, world.rows]).toEqual([[], [], []]);
  });
});
