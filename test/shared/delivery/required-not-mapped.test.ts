import { afterEach, describe, expect, it } from '@jest/globals';
import { aConversation } from '../../support/conversations.ts';
import { anInstance, settingsOf } from '../../support/mapping/builders.ts';
import { type SandboxMapper, startSandboxMapper } from '../../support/sandbox-mapper.ts';

let mapper: SandboxMapper;
afterEach(async () => mapper.sandbox.close());

/** For a tenant that requires some numbers besides. */
const settings = settingsOf({
  instances: [
    anInstance({
      identify: 'subject',
      properties: { subject: { template: 'Userlike conversation {{ id }}' }, value: { value: 0 } },
      history: { relation: 'helpdesk', properties: { type: { value: 'chat' } } },
    }),
  ],
});

describe('a required property that the settings leave out', () => {
  it('is named by the reason, where Lime refuses the limeobject', async () => {
    mapper = await startSandboxMapper(settings, { schema: 'custom' });
    await mapper.send([aConversation({ contact: null })]);
    expect(mapper.parked).toMatchObject([
      {
        step: 'object',
        reason: expect.stringMatching(/was answered 400; required, and not in the settings: priority, vat, discount$/),
      },
    ]);
  });
});
