import { afterEach, expect, it } from '@jest/globals';
import { changeInLime } from '../../../support/change-in-lime.ts';
import { aConversation, aMessage } from '../../../support/conversations.ts';
import { anInstance, settingsOf } from '../../../support/mapping/builders.ts';
import { comment, person } from '../../../support/newcomers.ts';
import { type SandboxMapper, startSandboxMapper } from '../../../support/sandbox-mapper.ts';

const reopen = { where: { statuscolor: 'finished' }, properties: { statuscolor: 'ongoing' } };

function settingsWith(attach: Record<string, unknown> | undefined) {
  const instance = anInstance({
    properties: {
      title: { template: '{{ contact.name }} · #{{ id }}' },
      description: { path: 'summary', onResend: 'unlessChanged' },
      statuscolor: { path: 'status', options: { open: 'ongoing' }, default: 'new', onResend: 'unlessChanged' },
    },
    relations: {
      person,
      coworker: {
        property: 'coworker',
        limetype: 'coworker',
        rules: [{ path: 'operator_assigned_to_email', properties: ['email'], as: 'email' }],
      },
    },
    history: { relation: 'helpdesk', properties: comment },
    ...(attach && { attach }),
  });
  return settingsOf({ instances: [instance] });
}

let mapper: SandboxMapper;
afterEach(() => mapper.sandbox.close());

it.each([
  { title: 'stays closed', attach: undefined, status: 'finished' },
  { title: 'is reopened as the settings say', attach: { where: { statuscolor: 'new' }, reopen }, status: 'ongoing' },
])('what a colleague has changed is not undone by new messages, and a closed helpdesk $title', async (way) => {
  mapper = await startSandboxMapper(settingsWith(way.attach));
  const contact = { name: 'Nina', email: 'nina@newcomer.example' };
  const operator = { operator_assigned_to_email: 'peter.testman@example.com' };
  await mapper.send([aConversation({ id: 1, contact, ...operator, status: 'new', summary: 'a' })]);
  const changes = { title: 'Retitled', description: 'By hand', coworker: 1002, statuscolor: 'finished' };
  await changeInLime(mapper.sandbox, 'PUT', 'helpdesk/1002/', changes);
  const resend = {
    ...{ id: 1, contact, status: 'open', summary: 'b', updated_at: '2024-03-01T08:00:00Z' },
    operator_assigned_to_email: 'maria.muster@example.com',
    transcript: [aMessage(), aMessage({ id: '1.1.2', body: 'Still there?' })],
  };
  await mapper.send([aConversation(resend)]);
  const kept = { title: 'Retitled', description: 'By hand', coworker: 1002 };
  expect(mapper.sandbox.objects('helpdesk').at(-1)).toMatchObject({ ...kept, statuscolor: { key: way.status } });
  expect(mapper.sandbox.objects('history').at(-1)).toMatchObject({ note: expect.stringContaining('Still there?') });
});
