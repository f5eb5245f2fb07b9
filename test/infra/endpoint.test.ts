import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Template } from 'aws-cdk-lib/assertions';
import { project } from '../docs/pages.ts';
import { deployedTemplate } from '../support/infra/deployed.ts';
import { resource } from '../support/infra/resource.ts';
import { synthesize } from '../support/infra/synthesize.ts';

const template = await deployedTemplate();
const api = resource(template, 'AWS::ApiGatewayV2::Api');
const stage = resource(template, 'AWS::ApiGatewayV2::Stage').properties;

describe('endpoint', () => {
  it('is an HTTP API that answers on no route but its two', () => {
    expect(api.properties.ProtocolType).toBe('HTTP');
    expect(
      Object.values(template.findResources('AWS::ApiGatewayV2::Route')).map(({ Properties }) => Properties.RouteKey),
    ).toEqual(expect.arrayContaining(['POST /{proxy+}', 'GET /{organization}/conversations/{id}']));
    template.resourceCountIs('AWS::ApiGatewayV2::Route', 2);
  });

  it.each([
    { title: 'add-on calls, whatever follows the organization', route: 'POST /{proxy+}', name: 'Intake' },
    { title: 'conversation links', route: 'GET /{organization}/conversations/{id}', name: 'Link' },
  ])('hands $title to $name as payload 2.0', ({ route, name }) => {
    const integration = resource(template, 'AWS::ApiGatewayV2::Integration', name);

    expect(integration.properties).toMatchObject({
      IntegrationType: 'AWS_PROXY',
      PayloadFormatVersion: '2.0',
      IntegrationUri: { 'Fn::GetAtt': [resource(template, 'AWS::Lambda::Function', name).id, 'Arn'] },
    });
    template.hasResourceProperties('AWS::ApiGatewayV2::Route', {
      ApiId: { Ref: api.id },
      RouteKey: route,
      Target: { 'Fn::Join': ['', ['integrations/', { Ref: integration.id }]] },
    });
  });

  it('takes 100 calls a second and 1,000 at once on each of its routes', () => {
    const throttle = { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 1_000 };

    expect(stage).toMatchObject({ StageName: '$default', AutoDeploy: true, DefaultRouteSettings: throttle });
    expect(stage.RouteSettings).toEqual({
      'POST /{proxy+}': throttle,
      'GET /{organization}/conversations/{id}': throttle,
    });
  });

  it('lets API Gateway call intake on every route by one permission: its policy has no room for a hundred', () => {
    const permissions = Object.values(template.findResources('AWS::Lambda::Permission')).filter(
      ({ Properties }) =>
        Properties.FunctionName['Fn::GetAtt'][0] === resource(template, 'AWS::Lambda::Function', 'Intake').id,
    );

    expect(permissions).toHaveLength(1);
    expect(JSON.stringify(permissions[0]?.Properties.SourceArn)).toContain(`{"Ref":"${api.id}"},"/*/*/*"`);
  });

  it('logs calls as JSON that holds nothing the caller wrote', () => {
    const { DestinationArn, Format } = stage.AccessLogSettings;
    const logged = Object.values(JSON.parse(Format));

    expect(DestinationArn).toEqual({
      'Fn::GetAtt': [resource(template, 'AWS::Logs::LogGroup', 'AccessLog').id, 'Arn'],
    });
    expect(logged).toEqual(expect.arrayContaining(['$context.requestId', '$context.routeKey', '$context.status']));
    expect(logged.filter((field) => /path|header|query|identity|sourceIp|userAgent|body/i.test(String(field)))).toEqual(
      [],
    );
  });
});

describe('the access log', () => {
  it('has a name that needs no entry in the resource policy of the account, and is no former stack’s', () => {
    expect(resource(template, 'AWS::Logs::LogGroup', 'AccessLog').properties.LogGroupName).toEqual({
      'Fn::Join': [
        '',
        ['/aws/vendedlogs/Tested/', { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }],
      ],
    });
  });
});

describe('a domain of the customer', () => {
  const certificateArn = 'arn:aws:acm:eu-central-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab';
  const { template } = synthesize({ domain: { name: 'chats.example.com', certificateArn } });

  it('leads to the API, with its certificate', () => {
    const { id, properties } = resource(template, 'AWS::ApiGatewayV2::DomainName');

    expect(properties).toMatchObject({
      DomainName: 'chats.example.com',
      DomainNameConfigurations: [{ CertificateArn: certificateArn, EndpointType: 'REGIONAL' }],
    });
    expect(resource(template, 'AWS::ApiGatewayV2::ApiMapping').properties).toMatchObject({
      ApiId: { Ref: resource(template, 'AWS::ApiGatewayV2::Api').id },
      DomainName: { Ref: id },
      Stage: '$default',
    });
  });

  it('is the address to enter in Userlike, and has an output for its CNAME', () => {
    const { Endpoint, DomainTarget } = template.toJSON().Outputs;

    expect(Endpoint.Value).toBe('https://chats.example.com/{organization}');
    expect(DomainTarget.Value).toEqual({
      'Fn::GetAtt': [resource(template, 'AWS::ApiGatewayV2::DomainName').id, 'RegionalDomainName'],
    });
  });
});

describe('organizations with a share of their own', () => {
  const sharesOf = (template: Template) =>
    Object.entries(resource(template, 'AWS::ApiGatewayV2::Stage').properties.RouteSettings);
  const routesOf = (template: Template): string[] =>
    Object.values(template.findResources('AWS::ApiGatewayV2::Route')).map(({ Properties }) => Properties.RouteKey);

  it.each([
    { title: 'those that are named', context: { organizations: '108905,4711' } },
    { title: 'those that have settings', context: { settingsDirectory: settingsFor('108905', '4711') } },
  ])('are $title: nobody else empties their bucket', ({ context }) => {
    const { template } = synthesize({ ...context, callsPerSecond: '20' });
    const own = ['POST /108905', 'POST /108905/{proxy+}', 'POST /4711', 'POST /4711/{proxy+}'];
    const shared = ['POST /{proxy+}', 'GET /{organization}/conversations/{id}'];
    const throttle = { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 200 };

    expect(routesOf(template).toSorted()).toEqual([...own, ...shared].toSorted());
    expect(sharesOf(template).toSorted()).toEqual([...own, ...shared].map((key) => [key, throttle]).toSorted());
  });

  it('are there before the stage that limits them', () => {
    const { template } = synthesize({ organizations: '108905' });
    const [stage] = Object.values(template.findResources('AWS::ApiGatewayV2::Stage'));

    expect(stage?.DependsOn).toEqual(
      expect.arrayContaining(Object.keys(template.findResources('AWS::ApiGatewayV2::Route'))),
    );
  });

  it('are as many as an API has routes for', () => {
    const named = (count: number) => ({ organizations: Array.from({ length: count }, (_, index) => String(index)) });

    expect(routesOf(synthesize(named(149)).template)).toHaveLength(300);
    expect(() => synthesize(named(150))).toThrow(
      '150 organizations have settings of their own, but only 149 can have their own limit',
    );
  });
});

/** A directory with settings of the organizations beside the default ones. */
function settingsFor(...organizations: string[]): string {
  const directory = mkdtempSync(join(tmpdir(), 'settings-'));
  for (const name of ['default', ...organizations])
    copyFileSync(join(project, 'settings/default.json'), join(directory, `${name}.json`));
  return directory;
}
