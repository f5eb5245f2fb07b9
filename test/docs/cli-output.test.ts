import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aDirectory } from '../support/a-directory.ts';
import { aServer } from '../support/a-server.ts';
import { aBridge, aLimeobject, delivered } from '../support/cli/a-bridge.ts';
import { aConnection } from '../support/cli/a-connection.ts';
import { aTenant } from '../support/cli/a-tenant.ts';
import { runHere } from '../support/cli/run-cli.ts';
import { aConversation } from '../support/conversations.ts';
import { blocksOf } from './pages.ts';

type Bridge = Awaited<ReturnType<typeof aBridge>>;

const refused = (limetype: string, status: number) => `POST /api/v1/limeobject/${limetype}/ was answered ${status}`;

/** Everything that the page shows for a command that begins so, masked. */
function shown(command: string): string[] {
  const blocks = blocksOf('docs/cli.md', 'text').flatMap((block) => block.split(/^(?=\$ npx userlike-lime )/m));
  const block = blocks.find((text) => text.startsWith(`$ npx userlike-lime ${command}`));
  if (block === undefined) throw new Error(`docs/cli.md shows no ${command}`);
  return masked(block.split('\n').slice(1).join('\n'));
}

/** Lines without what differs each time: ids, times, ages, receives, sizes, keys and addresses. */
function masked(text: string): string[] {
  return text
    .replace(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, '<id>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replace(/\b(?:in )?\d+(?:\.\d+)? ?[sm]\b(?: \ds)?|\bnow\b/g, '<age>')
    .replace(/(\b(?:422|400)) +\d+ /g, '$1 <receives> ')
    .replace(/(receives: +)\d+|\d+(?= bytes)|(?<="(?:receives|bytes|ageSeconds|status)": )\d+/g, '$1<number>')
    .replace(/(lane: +|"lane": )"?(?:interactive|bulk)"?/g, '$1<lane>')
    .replace(/https?:\/\/[^\s"]+/g, '<address>')
    .replace(/(call: +)\S+|("callId": )"[^"]+"|(API key: +)\S+/g, '$1$2$3<call>')
    .trim()
    .split('\n')
    .map((line) => line.replace(/ +/g, ' ').trimEnd());
}

describe('the page on the command line shows what the commands print', () => {
  let bridge: Bridge;
  beforeAll(async () => {
    bridge = await aBridge();
    for (const conversation of [8, 9]) await bridge.park(conversation, { reason: refused('helpdesk', 422) });
    const note = { reason: refused('history', 400), step: 'note', status: '400' };
    await bridge.park(10, note);
    await bridge.settle('10', { outcome: 'parked', object: aLimeobject, reason: note.reason, confirmed: true });
  });
  afterAll(() => bridge[Symbol.asyncDispose]());

  const printed = async (...args: string[]) => masked((await bridge.cli(...args)).stdout);
  const idOf = async (conversation: string): Promise<string> => {
    const { stdout } = await bridge.cli('failed', 'list', '--conversation', conversation, '--json');
    const [record]: { id: string }[] = JSON.parse(stdout);
    return record?.id ?? '';
  };

  it('failed list', async () => {
    const table = await printed('failed', 'list');

    expect(table.toSorted()).toEqual(shown('failed list').toSorted());
    expect(await printed('failed', 'list', '--step', 'note', '--json')).toEqual(
      shown('failed list --step note --json'),
    );
  });

  it('failed show', async () => {
    expect(await printed('failed', 'show', await idOf('10'))).toEqual(shown('failed show'));
  });

  it('failed retry and drop', async () => {
    const rehearsal = await printed('failed', 'retry', '--reason', 'answered 422', '--dry-run');
    const unconfirmed = await bridge.cli('failed', 'drop', '10');
    const dropped = await printed('failed', 'drop', '10', '--yes');
    const sent = await printed('failed', 'retry', '--all', '--rate', '100');

    expect(rehearsal.toSorted()).toEqual(shown('failed retry --reason').toSorted());
    expect(masked(unconfirmed.stderr)).toEqual(shown('failed drop 030bd63b-957b-4f54-8473-4e7b37cf49e4\n'));
    expect(dropped).toEqual(shown('failed drop 030bd63b-957b-4f54-8473-4e7b37cf49e4 --yes'));
    expect(sent).toEqual(shown('failed retry --all'));
  });
});

describe('the page on the command line shows what becomes of a conversation', () => {
  let bridge: Bridge;
  const now = Date.now();
  const line = (service: string, message: string, more: Record<string, unknown>) => ({
    ...{ level: 'INFO', timestamp: new Date(now - 5_000).toISOString(), service, message, organization: '108905' },
    ...more,
  });
  const ids = Array.from({ length: 10 }, (_, at) => String(63_741_936 + at));
  const accepted = line('intake', 'call accepted', { conversations: ids, accepted: 10 });
  const parked = line('mapper', 'parked', {
    conversation: '63741936',
    step: 'object',
    reason: refused('helpdesk', 422),
  });
  beforeAll(async () => {
    bridge = await aBridge();
    await bridge.park(63_741_936, { reason: refused('helpdesk', 422) });
    const settlement = {
      outcome: 'parked',
      object: undefined,
      reason: refused('helpdesk', 422),
      confirmed: true,
    } as const;
    await bridge.settle('63741936', settlement);
  });
  afterAll(() => bridge[Symbol.asyncDispose]());

  it('status', async () => {
    const failure = { seconds: 1, retryInSeconds: 60, reason: refused('helpdesk', 503) };
    const retrying = ids.slice(1).map((conversation) => line('mapper', 'retrying', { conversation, ...failure }));
    await bridge.log([accepted, ...retrying, parked, { _aws: { Timestamp: now }, service: 'mapper', BudgetUsed: 31 }]);
    const ready = /^interactive: .*/;

    const told = masked((await bridge.cli('status')).stdout);
    expect(told.map((text) => text.replace(ready, ''))).toEqual(shown('status').map((text) => text.replace(ready, '')));
  });

  it('show and logs', async () => {
    await bridge.log([accepted, parked]);
    const show = masked((await bridge.cli('show', '63741936')).stdout);
    const created = line('mapper', 'delivered', {
      conversation: '63741936',
      outcome: 'created',
      limeobject: 1018,
      seconds: 35,
    });
    await bridge.log([accepted, parked, created]);

    // The ledger of this bridge knows no call, and its endpoint has no link.
    expect(show).toEqual(shown('show').filter((text) => !/^(?:call|link): /.test(text)));
    expect(masked((await bridge.cli('logs', '--conversation', '63741936')).stdout)).toEqual(shown('logs'));
  });

  it('reconcile', async () => {
    await using other = await aBridge();
    for (const id of ['1', '2', '3']) await other.settle(id, delivered);
    await other.settle('4', { outcome: 'parked', object: undefined, reason: 'refused', confirmed: true });
    const call = (callId: string, conversations: string[]) =>
      line('intake', 'call accepted', { callId, conversations });
    await other.log([call('8d1b', ['1', '2', '3', '4']), call('8d1c', ['4711'])]);
    const { stdout } = await other.cli('reconcile', '--until', new Date().toISOString());

    expect(masked(stdout)).toEqual(shown('reconcile'));
  });
});

describe('the page on the command line shows what commands of setup print', () => {
  it('model', async () => {
    await using tenant = await aTenant();

    expect(masked((await runHere(['model', 'history'], tenant.variables)).stdout)).toEqual(shown('model'));
  });

  it('connect', async () => {
    await using connection = await aConnection();
    const { stdout, stderr } = await connection.connect([], { LOCAL_ENDPOINT: 'http://127.0.0.1:3000/{organization}' });

    const told = masked(`${stderr}\n${stdout}`).map((text) => text.replace('test/4711', 'prod/108905'));
    expect(told).toEqual(shown('connect'));
  });

  it('send', async () => {
    const url = 'http://127.0.0.1:3000/108905/conversations/63741936?signature=x';
    await using server = await aServer({ json: { accepted: [{ id: 63_741_936, url }] } });
    await using directory = await aDirectory();
    const file = await directory.write('conversation.json', aConversation());
    const variables = { ENDPOINT: `${server.origin}/108905`, ADDON_KEY: 'key' };

    expect(masked((await runHere(['send', file], variables)).stdout)).toEqual(shown('send'));
  });

  it('settings diff', async () => {
    await using directory = await aDirectory();
    await directory.write('default.json', { language: 'en' });
    const file = await directory.write('108905.json', { language: 'sv', timeZone: 'Europe/Oslo' });
    const { stdout } = await runHere(['settings', 'diff', file], { LOCAL_SETTINGS: directory.path('deployed') });
    const own = await runHere(['settings', 'diff', file, '--organization', 'x'], {
      LOCAL_SETTINGS: directory.path('.'),
    });

    expect(stdout).toBe('');
    expect(masked(own.stdout.replace(file, 'settings/108905.json'))).toEqual(shown('settings diff'));
  });
});
