import { describe, expect, it } from '@jest/globals';
import { deployedTemplate } from './deployed.ts';
import { resource } from './resource.ts';

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

  it('takes 500 calls a second and 1,000 at once', () => {
    expect(stage).toMatchObject({
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 },
    });
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
