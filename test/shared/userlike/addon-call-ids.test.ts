import { describe, expect, it } from '@jest/globals';
import { parseAddonCall } from '../../../shared/userlike/addon-call.ts';
import { aConversation } from '../../support/conversations.ts';
import { outline, parse } from '../../support/userlike/addon-calls.ts';

describe('an add-on call', () => {
  it.each([
    ['a number', 108905],
    ['a text', '108905'],
    ['null', null],
    ['missing', undefined],
  ])("accepts a conversation that names the caller's organization or none: %s", (_title, organization_id) => {
    expect(parse(aConversation({ organization_id })).conversations).toHaveLength(1);
  });

  it.each([108906, '108906', '0108905', '', 'acme'])(
    'rejects a conversation of another organization: %p',
    (organization_id) => {
      expect(parse(aConversation({ organization_id })).rejected).toEqual([
        {
          index: 0,
          id: 63741936,
          errors: [{ path: 'organization_id', message: 'must be the organization that the call was made for' }],
        },
      ]);
    },
  );

  it('knows organizations by names too', () => {
    expect(
      parseAddonCall(JSON.stringify(aConversation({ organization_id: 'acme' })), 'acme').conversations,
    ).toHaveLength(1);
  });

  it.each(['9007199254740993', '63741936.00000000001', '1e400', '123456789012345678901234567890'])(
    'refuses the number %s for an id, and never rounds it',
    (id) => {
      const call = parseAddonCall(`{"id": ${id}, "transcript": []}`, '108905');
      expect(outline(call)).toEqual({ taken: [], rejected: [[0, undefined, 'id']], ignored: [] });
      expect(call.rejected[0]?.errors[0]?.message).toBe(
        'must be a number that JSON can carry exactly; send it as a string',
      );
    },
  );

  it('refuses an organization that is only nearly the own one', () => {
    const call = parseAddonCall('{"id": 1, "organization_id": 108905.00000000000001}', '108905');
    expect(outline(call).rejected).toEqual([[0, 1, 'organization_id']]);
  });

  it.each([['63741936.0'], ['6.3741936e7']])('takes the number %s, which is exact', (id) => {
    expect(outline(parseAddonCall(`{"id": ${id}}`, '108905')).taken).toEqual([[0, 63741936]]);
  });

  it('keeps numbers that JavaScript cannot represent as text', () => {
    const text = '{"id":1,"contact":{"id":9007199254740993,"external_customer_id":12345678901234567890}}';
    const [first] = parseAddonCall(text, '108905').conversations;
    expect(first?.conversation.contact?.external_customer_id).toBe('12345678901234567890');
    expect(first?.json).toBe(
      '{"id":1,"contact":{"id":"9007199254740993","external_customer_id":"12345678901234567890"}}',
    );
  });
});
