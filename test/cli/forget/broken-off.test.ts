import { expect, it } from '@jest/globals';
import type { Bridge } from '../../../cli/aws/open.ts';
import { forget } from '../../../cli/forget/forget.ts';
import type { LedgerEntry } from '../../../shared/ledger/states.ts';
import { aLimeobject } from '../../support/cli/a-bridge.ts';
import { defaultSettings } from '../../support/mapping/builders.ts';

const entry: LedgerEntry = { outcome: 'delivered', object: aLimeobject, unconfirmedAttempts: [] };
async function nobody() {
  return Promise.reject(new Error('nobody asks for it'));
}
const none = { walk: async () => 0 };

it('forget names the limeobject of an erased item if another item cannot be erased, because nothing else knows it any more', async () => {
  const bridge: Bridge = {
    queues: { interactive: none, bulk: none },
    deadLetters: none,
    resend: nobody,
    queued: nobody,
    counts: nobody,
    linkOf: nobody,
    readLedger: nobody,
    readLedgers: nobody,
    readLog: undefined,
    ledgerItems: {
      size: async () => ({ items: 2, bytes: 1 }),
      find: async () => ['108905#7', '108905#7#Deal'].map((key) => ({ key, conversation: '7', entry })),
      remove: async (key) => (key === '108905#7' ? entry : Promise.reject(new RangeError('throttled'))),
    },
  };
  const out: string[] = [];
  const notes: string[] = [];
  const io = {
    out: (text: string) => out.push(text),
    note: (text: string) => notes.push(text),
    progress: { show: () => {}, clear: () => {} },
    signal: new AbortController().signal,
    now: () => 0,
    sleep: async () => {},
  };
  const options = { organization: '108905', conversation: ['7'], settingsDirectory: 'settings', yes: true };

  const contacts = { settings: defaultSettings, readHashKey: async () => undefined };
  await expect(forget(bridge, io, options, contacts)).rejects.toThrow('throttled');
  expect(notes.slice(1)).toEqual([`erased 108905#7, which had become helpdesk 1002: ${aLimeobject.url}`]);
  expect(out).toEqual([]);
});
