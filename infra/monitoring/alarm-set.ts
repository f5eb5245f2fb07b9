import {
  Alarm,
  type AlarmBase,
  AlarmRule,
  AlarmState,
  ComparisonOperator,
  CompositeAlarm,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { AlarmSpec } from './alarm-spec.ts';

const DEFAULT_RUNBOOK = 'docs/operations.md';

export type AlarmSetProps = {
  specs: AlarmSpec[];
  /** Notified when an alarm starts and ends. */
  topic: ITopic;
  /** URL of the page with a section for each alarm. Default: the page's path in the project. */
  runbookUrl?: string | undefined;
};

/** All alarms, and one composite of those that page, so that an incident sends one message. */
export class AlarmSet extends Construct {
  readonly customersHurt: CompositeAlarm;
  /** In the order of their specs. */
  readonly alarms: Alarm[];

  constructor(scope: Construct, id: string, { specs, topic, runbookUrl = DEFAULT_RUNBOOK }: AlarmSetProps) {
    super(scope, id);
    const runbookLink = (id: string) => `What to do: ${runbookUrl}#alarm-${id.toLowerCase()}`;
    function notify(alarm: AlarmBase, endsSilently = false) {
      alarm.addAlarmAction(new SnsAction(topic));
      if (!endsSilently) alarm.addOkAction(new SnsAction(topic));
    }
    const paging: Alarm[] = [];
    this.alarms = specs.map((spec) => {
      const alarm = new Alarm(this, spec.id, {
        alarmDescription: `${spec.description} ${runbookLink(spec.id)}`,
        metric: spec.metric,
        threshold: spec.threshold,
        comparisonOperator: spec.comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        evaluationPeriods: spec.periods,
        datapointsToAlarm: spec.breaching ?? spec.periods,
        treatMissingData: spec.missing ?? TreatMissingData.NOT_BREACHING,
      });
      if (spec.pages) paging.push(alarm);
      else notify(alarm, spec.endsSilently);
      return alarm;
    });
    this.customersHurt = new CompositeAlarm(this, 'CustomersHurt', {
      alarmDescription: `Customers are hurt: calls fail, or conversations do not reach Lime. ${runbookLink('CustomersHurt')}`,
      alarmRule: AlarmRule.anyOf(...paging.map((alarm) => AlarmRule.fromAlarm(alarm, AlarmState.ALARM))),
    });
    notify(this.customersHurt);
  }
}
