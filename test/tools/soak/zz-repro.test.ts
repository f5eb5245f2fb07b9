import { expect, it } from '@jest/globals';
import { deliver, type Job, type Ports } from '../../../shared/delivery/deliver.ts';
import { LimeError } from '../../../shared/errors.ts';
import type { Lime } from '../../../shared/lime/client.ts';
import { LimetypeAnswer } from '../../../shared/lime/wire.ts';
import { toDraft } from '../../../shared/mapping/draft.ts';
import { loadSettings, settingsFor } from '../../../shared/settings.ts';
import { Conversation } from '../../../shared/userlike/conversation.ts';
import { aConversation, aMessage } from '../../support/conversations.ts';
import { createMemoryLedger } from '../../support/memory-ledger.ts';

const settings = settingsFor(loadSettings(new URL('../../../settings', import.meta.url).pathname), '108905');
const job = (n: number, email: string, messages: number): Job => {
  const conversation = Conversation.parse(aConversation({
    contact: { email },
    transcript: Array.from({ length: messages }, (_, i) => aMessage({ id: `1.1.${i}`, body: `Message ${i}.` })),
    updated_at: new Date(Date.UTC(2024, 1, n)).toISOString(),
  }));
  return { organization: '1', conversation: '1', callId: 'c', draft: toDraft(conversation, settings), acceptedAt: '2024-02-22T15:49:23.146Z', lastTry: false };
};
const world = (fate: (method: string, path: string, nth: number) => 'ok' | 'lost after' | 'killed after') => {
  let clock = 1e12, nth = 0;
  const rows: Record<string, any>[] = [];
  const types = new Map([['helpdesk', [{ name: "title", type: "string", length: 128 }, { name: 'email', type: 'link' }]], ['history', [{ name: 'note', type: "text", length: 4000 }, { name: 'helpdesk', type: 'belongsto' }]], ['person', []], ['coworker', []]].map(([name, properties]) => [name as string, LimetypeAnswer.parse({ name, _embedded: { properties } })]));
  const lime: Lime = async (r, answer, sending) => {
    await sending?.before?.();
    nth += 1;
    const f = fate(r.method, r.path, nth);
    const limetype = /limeobject\/(\w+)\//.exec(r.path)?.[1];
    let out: any;
    if (r.method === 'POST') { out = { _id: 1001 + rows.length, limetype, ...r.body }; rows.push(out); }
    else if (r.method === 'PUT') out = Object.assign(rows.find((x) => x._id === r.id)!, r.body);
    else if (limetype) out = rows.find((x) => x._id === r.id);
    else { const q = JSON.parse(new URL(`http://x${r.path}`).searchParams.get('q')!); out = { objects: rows.filter((x) => x.limetype === q.limetype && x[q.filter.key] === q.filter.exp) }; }
    if (f === 'lost after') throw new LimeError(r.method === 'POST' ? 'unclear' : 'unavailable', 'reset');
    if (f === 'killed after') throw new Error('killed');
    return answer.parse(out) as any;
  };
  const now = () => clock;
  const ports: Ports = { lime, ledger: createMemoryLedger({ lease: 90_000, now }), metadata: async () => types as any, find: async () => ({ person: { kind: 'none' }, coworker: { kind: 'none' } }), urlOf: () => 'https://l.example/1', park: async () => { throw new Error('park'); }, delay: () => 1, unsettled: () => undefined, now };
  const go = async (j: Job) => { const r = await deliver(j, ports).catch((e) => e); if (process.env.SHOW) console.log(r); clock += 100_000; return r; };
  return { rows, go };
};
for (const how of ['lost after', 'killed after'] as const) {
  it(`ABA: the PUT of B is ${how}, then A again`, async () => {
    const w = world((m) => (m === 'PUT' && !done ? ((done = true), how) : 'ok'));
    let done = false;
    await w.go(job(1, 'a@example.org', 1));
    await w.go(job(2, 'b@example.org', 1));
    await w.go(job(3, 'a@example.org', 2));
    await w.go(job(2, 'b@example.org', 1));
    expect(w.rows[0]).toMatchObject({ email: 'a@example.org' });
  });
  it(`messages twice: the first note is ${how}, then a longer version`, async () => {
    let done = false;
    const w = world((m, p) => (m === 'POST' && /history/.test(p) && !done ? ((done = true), how) : 'ok'));
    await w.go(job(1, 'a@example.org', 2));
    await w.go(job(2, 'a@example.org', 3));
    await w.go(job(1, 'a@example.org', 2));
    const text = w.rows.filter((r) => r.limetype === 'history').map((r) => r.note).join('\n');
    expect(text.match(/Message \d/g)).toEqual(['Message 0', 'Message 1', 'Message 2']);
  });
}
