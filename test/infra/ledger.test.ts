import { describe, expect, it } from '@jest/globals';
import { deployedTemplate } from '../support/infra/deployed.ts';
import { resource } from '../support/infra/resource.ts';

const template = await deployedTemplate();
const { properties, id } = resource(template, 'AWS::DynamoDB::Table');

describe('ledger', () => {
  it('has one item per key, is paid per request and can be restored to any second', () => {
    expect(properties).toMatchObject({
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  });

  it('forgets an item when its time is over', () => {
    expect(properties.TimeToLiveSpecification).toEqual({ AttributeName: 'expiresAt', Enabled: true });
  });

  it('cannot be deleted in prod and outlives the stack', () => {
    expect(properties.DeletionProtectionEnabled).toBe(true);
    expect(template.findResources('AWS::DynamoDB::Table')[id]).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });
});
