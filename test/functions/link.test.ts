import { beforeEach, describe, expect, it } from '@jest/globals';
import { type AddonSecret, TooManyLookupsError } from '../../shared/credentials.ts';
import { conversationUrl } from '../../shared/http/link/conversation-url.ts';
import type { LedgerEntry } from '../../shared/ledger/states.ts';
import type { LogFields } from '../../shared/log.ts';
import { aContext } from '../support/context.ts';
import { eventOf, secret } from '../support/intake/intake-calls.ts';

process.env.LEDGER_TABLE ??= 'ledger';
const { createLink } = await import('../../functions/link.ts');

let logged: ({ message: string } & LogFields)[];
let headers: string[];
beforeEach(() => {
  logged = [];
  headers = [];
});

const object = { instance: 'Helpdesk', limetype: 'helpdesk', id: 1001, url: 'https://lime.example/1001', values: '' };

/** Opens a link, signed as intake signs it where nothing else is said. */
async function open(
  given: {
    organization?: string;
    conversation?: string;
    signature?: string;
    expires?: string;
    entry?: Partial<LedgerEntry>;
    read?: () => Promise<AddonSecret>;
  } = {},
): Promise<number | undefined> {
  const { organization = '108905', conversation = '63741936', entry, read = async () => secret } = given;
  const signed = new URL(conversationUrl('https://bridge.example.org', secret.linkKey, organization, conversation));
  const { signature = signed.searchParams.get('signature') ?? '' } = given;
  const note = (message: string, fields: LogFields = {}) => void logged.push({ message, ...fields });
  const link = createLink({
    secrets: {
      read: async (name) => {
        headers.push(name);
        return read();
      },
    },
    readLedger: async () => (entry === undefined ? undefined : { unconfirmedAttempts: [], ...entry }),
    settingsFor: () => ({ language: 'en', timeZone: 'UTC' }),
    log: { info: note, warn: note, error: note },
    now: () => 1_000,
  });
  const event = {
    ...eventOf({ path: signed.pathname }),
    pathParameters: { organization, id: conversation },
    queryStringParameters: { signature, ...(given.expires !== undefined && { expires: given.expires }) },
  };
  return (await link(event, aContext)).statusCode;
}

describe('an opened link', () => {
  it.each<{ state: string; status: number; entry?: Partial<LedgerEntry> }>([
    { state: 'queued', status: 200 },
    { state: 'delivering', status: 200, entry: { lease: { owner: 'mapper', until: 2_000 } } },
    { state: 'retrying', status: 200, entry: { outcome: 'retrying', reason: 'POST was answered 503' } },
    { state: 'delivered', status: 302, entry: { outcome: 'delivered', object } },
    { state: 'parked', status: 200, entry: { outcome: 'parked', reason: 'POST was answered 422' } },
  ])('is one line with the state it was answered: $state', async ({ state, status, entry }) => {
    expect(await open(entry === undefined ? {} : { entry })).toBe(status);
    expect(logged).toEqual([{ message: 'link opened', organization: '108905', conversation: '63741936', state }]);
  });

  it('names the call that brought its conversation, where the ledger knows it', async () => {
    await open({ entry: { outcome: 'delivered', object, callId: 'call-1' } });
    expect(logged).toMatchObject([{ message: 'link opened', callId: 'call-1' }]);
  });

  it.each([
    { title: 'still to come', expires: 2, status: 200 },
    { title: 'over', expires: 1, status: 404 },
  ])('whose end is $title is answered $status', async ({ expires, status }) => {
    const url = new URL(conversationUrl('https://bridge.example.org', secret.linkKey, '108905', '63741936', expires));
    const signature = url.searchParams.get('signature') ?? '';

    expect(await open({ signature, expires: String(expires) })).toBe(status);
  });

  it.each([
    { title: 'opened', previousLinkKey: secret.linkKey, status: 200 },
    { title: 'not found', previousLinkKey: undefined, status: 404 },
  ])('of the former link key is $title', async ({ previousLinkKey, status }) => {
    const rotated = {
      key: secret.key,
      linkKey: 'the link key after that',
      ...(previousLinkKey && { previousLinkKey }),
    };

    expect(await open({ read: async () => rotated })).toBe(status);
  });

  it.each([
    { title: 'a wrong signature', given: { signature: 'guessed' } },
    { title: 'what is no organization', given: { organization: '../108905' } },
    { title: 'what is no conversation', given: { conversation: 'erika@example.org' } },
  ])('with $title is none, and leaves no line', async ({ given }) => {
    expect(await open(given)).toBe(404);
    expect(logged).toEqual([]);
  });

  it('is answered 503 without an error line if too many unknown organizations were requested', async () => {
    const read = async () => Promise.reject(new TooManyLookupsError('too many'));
    expect(await open({ read })).toBe(503);
    expect(logged).toMatchObject([{ message: 'link refused', status: 503, error: 'TooManyLookupsError' }]);
  });

  it('that cannot be checked names the conversation it was for, and never the signature', async () => {
    const read = async () => Promise.reject(new RangeError('timeout'));
    const signature = 'S1gnature'.padEnd(43, '-');
    expect(await open({ read, signature })).toBe(503);
    expect(logged).toMatchObject([
      { message: 'link failed', organization: '108905', conversation: '63741936', error: 'RangeError' },
    ]);
    expect(JSON.stringify(logged)).not.toContain('S1gnature');
  });

  it.each([
    { title: 'the path is not that of a conversation', given: { conversation: 'erika@example.org' } },
    { title: 'there is no signature', given: { signature: '' } },
    { title: 'the signature is too short', given: { signature: 'a'.repeat(42) } },
    { title: 'the signature is too long', given: { signature: 'a'.repeat(44) } },
    { title: 'the signature has signs that none has', given: { signature: '='.repeat(43) } },
  ])('asks for no secret where $title', async ({ given }) => {
    expect(await open(given)).toBe(404);
    expect(headers).toEqual([]);
  });
});
