import { Stack } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

export type AlarmTopicProps = {
  /** Recipient of the alarms. Without it the topic has no subscribers. */
  email?: string | undefined;
};

/** Sends alarms. Messages contain names and numbers, nothing of a conversation. */
export class AlarmTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { email }: AlarmTopicProps) {
    super(scope, id);
    const { account, stackName } = Stack.of(this);
    this.topic = new Topic(this, 'Topic', { displayName: `Userlike to Lime, ${stackName}`, enforceSSL: true });
    // This policy replaces the default one, so it has to allow the account's alarms itself.
    this.topic.grantPublish(
      new ServicePrincipal('cloudwatch.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    );
    if (email !== undefined) this.topic.addSubscription(new EmailSubscription(email));
  }
}
