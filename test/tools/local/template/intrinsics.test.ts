import { describe, expect, it } from '@jest/globals';
import { pseudoParameters } from '../../../../tools/local/template/identities.ts';
import { createResolver } from '../../../../tools/local/template/intrinsics.ts';

const resolve = createResolver({
  parameters: {
    Size: { Type: 'Number', Default: 3 },
    Bootstrap: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/version' },
    Asked: { Type: 'String' },
  },
  pseudo: pseudoParameters('bridge', 'eu-central-1'),
  identities: new Map([['Queue', { ref: 'http://queue', attributes: { Arn: 'arn:queue', 'A.B': 'nested' } }]]),
});

describe('intrinsic functions', () => {
  it.each([
    { title: 'a Ref', value: { Ref: 'Queue' }, resolved: 'http://queue' },
    { title: 'a Ref to a parameter', value: { Ref: 'Size' }, resolved: 3 },
    { title: 'the region', value: { Ref: 'AWS::Region' }, resolved: 'eu-central-1' },
    { title: 'the account', value: { Ref: 'AWS::AccountId' }, resolved: '000000000000' },
    { title: 'the partition', value: { Ref: 'AWS::Partition' }, resolved: 'aws' },
    { title: 'the stack', value: { Ref: 'AWS::StackName' }, resolved: 'bridge' },
    { title: 'the suffix of addresses', value: { Ref: 'AWS::URLSuffix' }, resolved: 'amazonaws.com' },
    { title: 'an attribute', value: { 'Fn::GetAtt': ['Queue', 'Arn'] }, resolved: 'arn:queue' },
    { title: 'an attribute with a dotted name', value: { 'Fn::GetAtt': 'Queue.A.B' }, resolved: 'nested' },
    {
      title: 'a join',
      value: { 'Fn::Join': ['-', ['a', { Ref: 'Size' }, { Ref: 'Queue' }]] },
      resolved: 'a-3-http://queue',
    },
    { title: 'a split', value: { 'Fn::Split': [':', { 'Fn::GetAtt': ['Queue', 'Arn'] }] }, resolved: ['arn', 'queue'] },
    { title: 'a selection', value: { 'Fn::Select': [1, { 'Fn::Split': ['-', 'a-b'] }] }, resolved: 'b' },
    { title: 'a selection by text', value: { 'Fn::Select': ['0', ['a', 'b']] }, resolved: 'a' },
    {
      title: 'a substitution',
      value: { 'Fn::Sub': `\${AWS::Region}/\${Queue}/\${Queue.Arn}/\${!Literal}` },
      resolved: `eu-central-1/http://queue/arn:queue/\${Literal}`,
    },
    {
      title: 'a substitution of its own names',
      value: { 'Fn::Sub': [`\${a}!`, { a: { Ref: 'Size' } }] },
      resolved: '3!',
    },
    { title: 'values deep inside', value: { a: [{ b: { Ref: 'Size' } }] }, resolved: { a: [{ b: 3 }] } },
    { title: 'a property without a value', value: { a: { Ref: 'AWS::NoValue' }, b: 1 }, resolved: { b: 1 } },
    { title: 'plain values', value: [true, null, 1, 'x'], resolved: [true, null, 1, 'x'] },
  ])('gives $title', ({ value, resolved }) => {
    expect(resolve(value, 'at')).toEqual(resolved);
  });

  it.each([
    {
      title: 'an unknown function',
      value: { 'Fn::If': ['IsProd', 1, 2] },
      problem: 'Function.Timeout.0: Fn::If is not known',
    },
    { title: 'a condition', value: { Condition: 'IsProd' }, problem: 'Function.Timeout.0: Condition is not known' },
    { title: 'an unknown resource', value: { Ref: 'Topic' }, problem: 'Function.Timeout.0: Ref to Topic' },
    { title: 'a parameter without a value', value: { Ref: 'Asked' }, problem: 'Ref to Asked' },
    { title: 'a parameter of the account', value: { Ref: 'Bootstrap' }, problem: 'Ref to Bootstrap' },
    { title: 'an unknown pseudo parameter', value: { Ref: 'AWS::NotificationARNs' }, problem: 'AWS::NotificationARNs' },
    { title: 'an unknown attribute', value: { 'Fn::GetAtt': ['Queue', 'Url'] }, problem: 'Fn::GetAtt Queue.Url' },
    { title: 'a malformed function', value: { 'Fn::Join': ['-'] }, problem: 'malformed' },
    { title: 'a list where a text belongs', value: { 'Fn::Join': ['-', [['a']]] }, problem: 'a text was expected' },
    { title: 'a substitution of an unknown name', value: { 'Fn::Sub': `\${Nothing}` }, problem: 'Ref to Nothing' },
  ])('refuses $title', ({ value, problem }) => {
    expect(() => resolve({ Timeout: [value] }, 'Function')).toThrow(problem);
  });
});
