import { expect, it } from '@jest/globals';
import { isExpected } from '../../../tools/conformance/probes.ts';

it.each([
  { title: 'intake may send to a queue', function: 'Intake', action: 'SendMessage', on: 'Queue', expected: true },
  { title: 'intake may not receive', function: 'Intake', action: 'ReceiveMessage', on: 'Queue', expected: false },
  { title: 'link may read the ledger', function: 'Link', action: 'GetItem', on: 'Ledger', expected: true },
  { title: 'link may not write it', function: 'Link', action: 'UpdateItem', on: 'Ledger', expected: false },
  {
    title: 'mapper may not read the key of the add-on',
    function: 'Mapper',
    action: 'GetSecretValue',
    on: 'addon',
    expected: false,
  },
] as const)('$title: the other outcome of the call is a problem', ({ expected, ...call }) => {
  expect(isExpected({ ...call, allowed: expected })).toBe(true);
  expect(isExpected({ ...call, allowed: !expected })).toBe(false);
});
