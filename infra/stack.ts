import { readFileSync } from 'node:fs';
import { CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import * as z from 'zod';
import { metricsNamespaceOf } from '../shared/metrics.ts';
import { describeSettings } from './constructs/settings-metadata.ts';
import type { StageSettings } from './stage.ts';
import { UserlikeLime } from './userlike-lime.ts';

const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')));

/** One stage of the bridge. The template names an account and a region only if the stage does. */
export class UserlikeLimeStack extends Stack {
  constructor(scope: Construct, id: string, options: StageSettings) {
    const { stage, account, region, kmsKeyArn, formerKmsKeyArns, domain, terminationProtection, ...settings } = options;
    super(scope, id, {
      description: `Userlike conversations to Lime CRM, stage ${stage}, release ${version}`,
      terminationProtection: terminationProtection ?? stage === 'prod',
      env: { ...(account !== undefined && { account }), ...(region !== undefined && { region }) },
    });
    Tags.of(this).add('project', 'userlike-lime');
    Tags.of(this).add('stage', stage);
    const secretsPrefix = `userlike-lime/${stage}`;
    const chat = new UserlikeLime(this, 'Chat', {
      ...settings,
      secretsPrefix,
      metricsNamespace: metricsNamespaceOf(stage),
      keepData: stage === 'prod',
      encryptionKey: kmsKeyArn === undefined ? undefined : Key.fromKeyArn(this, 'Key', kmsKeyArn),
      formerEncryptionKeys: formerKmsKeyArns.map((arn, index) => Key.fromKeyArn(this, `FormerKey${index}`, arn)),
      domain: domain && {
        name: domain.name,
        certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
      },
    });
    describeSettings(this, chat.settingsDirectory);
    const createSecret = (direction: string) =>
      `aws secretsmanager create-secret --name ${secretsPrefix}/{organization}/${direction} --secret-string file://${direction}.json`;

    const output = (name: string, value: string, description: string) =>
      new CfnOutput(this, name, { value, description });
    output('Endpoint', `${chat.endpoint.url}/{organization}`, 'URL of the add-on in Userlike, one per organization');
    if (chat.endpoint.domainTarget !== undefined)
      output('DomainTarget', chat.endpoint.domainTarget, `Make this the CNAME of ${domain?.name}`);
    const { queues, deadLetters } = chat.conversations;
    output('InteractiveQueue', queues.interactive.queueUrl, 'Conversations of small calls, on their way to Lime');
    output('Queue', queues.bulk.queueUrl, 'Conversations of bulk calls, on their way to Lime');
    output('DeadLetters', deadLetters.queueUrl, 'Conversations that were parked');
    output('Ledger', chat.ledger.table.tableName, 'Which conversation became which limeobject');
    output(
      'IntakeLog',
      chat.logs.intake.logGroupName,
      'Which calls were accepted, and which conversations they brought',
    );
    output('MapperLog', chat.logs.mapper.logGroupName, 'What became of each conversation, and why');
    output('LinkLog', chat.logs.link.logGroupName, 'Which links were opened');
    output('Dashboard', chat.monitoring.dashboard.url, 'Five questions, to be asked in this order');
    output(
      'AlarmTopic',
      chat.monitoring.topic.topic.topicArn,
      'Notified when an alarm starts and ends; add your subscribers',
    );
    output(
      'NextAddonSecret',
      createSecret('addon'),
      'Type this next. addon.json: {"key": "what Userlike sends, 32 random bytes", "linkKey": "as many others"}',
    );
    output(
      'NextLimeSecret',
      createSecret('lime'),
      'Type this next. lime.json: {"url": "Lime CRM with its application name", "apiKey": "key of an API user", "hashKey": "at least 32 random bytes"}',
    );
  }
}
