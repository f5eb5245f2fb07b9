import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { functionPids, kill } from '../../tools/harness/processes.ts';
import { createClients, embeddedAccess } from '../../tools/local/aws.ts';
import { aConversation } from '../support/conversations.ts';
import { eventually } from '../support/eventually.ts';
import { type Journey, startJourney } from '../support/journey.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ variables: { TIME_SCALE: '0.002' } });
});
afterEach(() => journey.faults([]));
afterAll(() => journey.stop());

let ids = 910_000;
function nextId(): number {
  ids += 1;
  return ids;
}

async function expectOnce(id: number): Promise<void> {
  const helpdesks = (await journey.helpdesks()).filter(({ title }) => String(title).endsWith(` · #${id}`));
  const notes = (await journey.notes()).filter(({ helpdesk }) => helpdesk === helpdesks[0]?._id);
  expect([helpdesks.length, notes.length]).toEqual([1, 1]);
}

/** Shorter than a mapper waits for Lime, and long enough to be seen on a busy machine. */
const HELD_MS = 9_000;

/** Resolves while Lime has a request that it has not answered yet. */
async function heldRequest(path: string): Promise<void> {
  await eventually(async () => {
    expect(await journey.limeRequests()).toContainEqual(
      expect.objectContaining({ path: expect.stringContaining(path), status: null }),
    );
  });
}

describe('a mapper that is killed with SIGKILL', () => {
  const helpdesk = { path: '/limeobject/helpdesk/', match: { method: 'POST', limetype: 'helpdesk' } };
  const history = { path: '/limeobject/history/', match: { method: 'POST', limetype: 'history' } };
  const steps = [
    { step: 'it looks for the person', path: '/query/', match: { path: '^/api/v1/query/' }, commit: false },
    { step: 'the limeobject is not made yet', ...helpdesk, commit: false },
    { step: 'the limeobject is made', ...helpdesk, commit: true },
    { step: 'the note is not written yet', ...history, commit: false },
    { step: 'the note is written', ...history, commit: true },
  ].map((step) => ({ ...step, id: nextId() }));

  // One after the other, and then all are waited for: a claim of a dead mapper lasts longer than a request may.
  beforeAll(async () => {
    for (const { id, path, match, commit } of steps) {
      await journey.forgetRequests();
      await journey.faults([
        { kind: 'slow', ms: HELD_MS, commit, match, times: 1 },
        // Carried out after the wait, it would come after the next attempt.
        ...(commit ? [] : [{ kind: 'error', status: 503, match, times: 1 }]),
      ]);
      await journey.send(aConversation({ id, contact: { email: `visitor${id}@example.org` } }));
      await heldRequest(path);
      for (const pid of await functionPids(journey.awsEndpoint, 'Mapper')) kill(pid);
    }
  });

  it.each(steps)('while $step leaves one limeobject and one note', async ({ id }) => {
    await journey.ended(id);
    await expectOnce(id);
  });
});

describe('AWS in trouble', () => {
  it.each([
    { title: 'the ledger does not answer', fault: { service: 'dynamodb', times: 9 } },
    {
      title: 'the ledger does as asked, and its answer is lost',
      fault: { service: 'dynamodb', action: 'UpdateItem', times: 2, afterwards: true },
    },
    {
      title: 'SQS does not take a record back',
      fault: { service: 'sqs', action: 'ChangeMessageVisibility', times: 9 },
    },
    { title: 'Secrets Manager is down', fault: { service: 'secretsmanager', times: 9 } },
  ])('leaves one limeobject and one note: $title', async ({ fault }) => {
    const id = nextId();
    await fetch(`${journey.awsEndpoint}/_emulator/faults`, { method: 'POST', body: JSON.stringify(fault) });
    const create = { method: 'POST', limetype: 'helpdesk' };
    await journey.faults([{ kind: 'throttle', answer: 'bare', match: create, times: 1 }]);
    await journey.send(aConversation({ id }));
    await journey.ended(id);
    await expectOnce(id);
    await fetch(`${journey.awsEndpoint}/_emulator/faults`, { method: 'DELETE' });
  });
});

it('a changed Lime key is used for conversations that are under way, and nothing is lost', async () => {
  const conversations = Array.from({ length: 30 }, nextId);
  await journey.send(conversations.map((id) => aConversation({ id })));
  await fetch(`${journey.sandboxUrl}/_sandbox/settings`, {
    method: 'PUT',
    body: JSON.stringify({ apiKey: 'the next' }),
  });
  const clients = createClients(embeddedAccess(journey.awsEndpoint));
  await clients.secretsManager.send(
    new PutSecretValueCommand({
      SecretId: 'userlike-lime/local/108905/lime',
      SecretString: JSON.stringify({ url: `${journey.sandboxUrl}/lime`, apiKey: 'the next' }),
    }),
  );
  clients.destroy();
  await journey.ended(conversations);
  for (const id of conversations) await expectOnce(id);
});
