import { expect, it } from '@jest/globals';
import { differences } from '../../../tools/conformance/contracts.ts';
import { callsByRole } from '../../../tools/conformance/report.ts';

it('calls are counted by role, action and resource, without the ends of names that differ in each run', () => {
  const principal =
    'arn:aws:sts::123456789012:assumed-role/userlike-lime-prod-ChatLinkRole06C3C1CD-QE32OXX3PHM1/conformance';
  const call = {
    principal,
    action: 'dynamodb:GetItem',
    resource:
      'arn:aws:dynamodb:eu-central-1:123456789012:table/userlike-lime-prod-ChatLedgerTableD09644B0-BG6LUY4JN1TH',
  };
  const table = callsByRole([
    { ...call, allowed: true },
    { ...call, allowed: true },
    { ...call, allowed: false },
    { ...call, principal: 'arn:aws:iam::123456789012:user/admin', allowed: true },
  ]);

  expect(table.split('\n')).toHaveLength(3);
  expect(table).toMatch(/Link \| dynamodb:GetItem \| userlike-lime-prod-ChatLedgerTable \| +2 \| +1 \|$/);
});

it('tests that end otherwise on another emulator are named, also those that one of them did not run', () => {
  const one = new Map([
    ['a', 'passed'],
    ['b', 'passed'],
    ['c', 'passed'],
  ]);
  const other = new Map([
    ['a', 'passed'],
    ['b', 'Error: too large'],
  ]);

  expect(differences(one, other)).toEqual([
    { title: 'b', one: 'passed', other: 'Error: too large' },
    { title: 'c', one: 'passed', other: 'not run' },
  ]);
});
