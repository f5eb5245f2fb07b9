import { Stack } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

export type AlarmTopicProps = {
  /** Who is mailed. Without it the topic has no subscriber until somebody adds one. */
  email?: string | undefined;
};

/** Where alarms are told. Holds names of alarms and numbers, nothing of a conversation. */
export class AlarmTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { email }: AlarmTopicProps) {
    super(scope, id);
    const { account, stackName } = Stack.of(this);
    this.topic = new Topic(this, 'Topic', { displayName: `Userlike to Lime, ${stackName}`, enforceSSL: true });
    // A policy of one's metrics replaces the one by which an account's alarms may publish, so it has to say so itself.
    this.topic.grantPublish(
      new ServicePrincipal('cloudwatch.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    );
    if (email !== undefined) this.topic.addSubscription(new EmailSubscription(email));
  }
}
