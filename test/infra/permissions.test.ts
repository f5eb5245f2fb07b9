import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { deployedTemplate } from '../support/infra/deployed.ts';
import { resource } from '../support/infra/resource.ts';

const template = await deployedTemplate();

const Statement = z.object({
  Effect: z.string(),
  Action: z.union([z.string(), z.array(z.string())]),
  Resource: z.unknown(),
});
const Policy = z.object({ Roles: z.array(z.unknown()), PolicyDocument: z.object({ Statement: z.array(Statement) }) });

function arnOf(type: string, part: string) {
  return { 'Fn::GetAtt': [resource(template, type, part).id, 'Arn'] };
}
/** The pattern for stored secrets, and the bare name with which an organization without one is asked for. */
function secrets(direction: string) {
  return [secretArn(direction), secretArn(`${direction}-??????`)];
}
function secretArn(name: string) {
  return {
    'Fn::Join': [
      '',
      [
        'arn:',
        { Ref: 'AWS::Partition' },
        ':secretsmanager:',
        { Ref: 'AWS::Region' },
        ':',
        { Ref: 'AWS::AccountId' },
        `:secret:userlike-lime/prod/*/${name}`,
      ],
    ],
  };
}
const queues = [arnOf('AWS::SQS::Queue', 'Interactive'), arnOf('AWS::SQS::Queue', 'Queue')];
const deadLetters = arnOf('AWS::SQS::Queue', 'DeadLetters');
const ledger = arnOf('AWS::DynamoDB::Table', 'Ledger');
function logs(name: string) {
  return {
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    on: arnOf('AWS::Logs::LogGroup', `${name}Logs`),
  };
}

const cases = [
  {
    title: 'intake sends to the queues and reads the secrets of the add-on, nothing else',
    name: 'Intake',
    grants: [
      logs('Intake'),
      { actions: ['secretsmanager:GetSecretValue'], on: secrets('addon') },
      { actions: ['sqs:SendMessage'], on: queues },
    ],
  },
  {
    title:
      'mapper receives and hands back records, parks, keeps the ledger and reads the secrets of Lime, nothing else',
    name: 'Mapper',
    grants: [
      logs('Mapper'),
      { actions: ['secretsmanager:GetSecretValue'], on: secrets('lime') },
      { actions: ['sqs:SendMessage'], on: deadLetters },
      { actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'], on: ledger },
      {
        actions: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
        on: queues,
      },
    ],
  },
  {
    title: 'link reads the ledger and the secrets of the add-on, nothing else',
    name: 'Link',
    grants: [
      logs('Link'),
      { actions: ['secretsmanager:GetSecretValue'], on: secrets('addon') },
      { actions: ['dynamodb:GetItem'], on: ledger },
    ],
  },
];

const policies = Object.values(template.findResources('AWS::IAM::Policy')).map(({ Properties }) =>
  Policy.parse(Properties),
);

describe('permissions of the functions', () => {
  it.each(cases)('$title', ({ name, grants }) => {
    const role = { Ref: resource(template, 'AWS::IAM::Role', name).id };
    const granted = policies
      .filter(({ Roles }) => JSON.stringify(Roles) === JSON.stringify([role]))
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .map(({ Effect, Action, Resource }) => ({ Effect, actions: [Action].flat().toSorted(), on: Resource }));

    expect(granted).toHaveLength(grants.length);
    expect(granted).toEqual(expect.arrayContaining(grants.map((grant) => ({ Effect: 'Allow', ...grant }))));
  });

  it.each(cases)(
    '$name runs in a role of its own that only Lambda assumes and that has no managed policy',
    ({ name }) => {
      const role = resource(template, 'AWS::IAM::Role', name);
      const lambda = resource(template, 'AWS::Lambda::Function', name);

      expect(lambda.properties.Role).toEqual({ 'Fn::GetAtt': [role.id, 'Arn'] });
      expect({ ...role.properties, Tags: undefined }).toEqual({
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
        },
      });
    },
  );

  it('comes in one policy for each of three roles, so that no statement escapes the table above', () => {
    template.resourceCountIs('AWS::IAM::Role', cases.length);
    template.resourceCountIs('AWS::IAM::Policy', cases.length);
    template.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
  });

  it('names no action and no resource by a bare wildcard', () => {
    const statements = policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);

    expect(statements.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
    expect(statements.flatMap(({ Resource }) => Resource).filter((on) => on === '*')).toEqual([]);
  });
});

describe('permissions of others', () => {
  it('let only this API invoke intake and link, and no one the mapper', () => {
    const api = resource(template, 'AWS::ApiGatewayV2::Api').id;
    const permissions = Object.values(template.findResources('AWS::Lambda::Permission')).map(
      ({ Properties }) => Properties,
    );
    const by = (path: string, name: string) => ({
      Action: 'lambda:InvokeFunction',
      FunctionName: { 'Fn::GetAtt': [resource(template, 'AWS::Lambda::Function', name).id, 'Arn'] },
      Principal: 'apigateway.amazonaws.com',
      SourceArn: {
        'Fn::Join': [
          '',
          [
            'arn:',
            { Ref: 'AWS::Partition' },
            ':execute-api:',
            { Ref: 'AWS::Region' },
            ':',
            { Ref: 'AWS::AccountId' },
            ':',
            { Ref: api },
            `/*/*${path}`,
          ],
        ],
      },
    });

    expect(permissions).toHaveLength(2);
    expect(permissions).toEqual(
      expect.arrayContaining([by('/*', 'Intake'), by('/{organization}/conversations/{id}', 'Link')]),
    );
  });

  it.each([{ part: 'Queue' }, { part: 'Interactive' }, { part: 'DeadLetters' }])(
    'let nobody reach $part without TLS, and allow nothing',
    ({ part }) => {
      const arn = arnOf('AWS::SQS::Queue', part);

      template.hasResourceProperties('AWS::SQS::QueuePolicy', {
        Queues: [{ Ref: resource(template, 'AWS::SQS::Queue', part).id }],
        PolicyDocument: {
          Statement: [
            {
              Effect: 'Deny',
              Action: 'sqs:*',
              Principal: { AWS: '*' },
              Resource: arn,
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            },
          ],
        },
      });
    },
  );
});
