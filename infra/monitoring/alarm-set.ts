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
import type { AlarmSpec } from './alarms.ts';

/** Links an alarm's description to its runbook. */
function runbookLink(id: string): string {
  return `What to do: docs/operations.md#alarm-${id.toLowerCase()}`;
}

export type AlarmSetProps = {
  specs: AlarmSpec[];
  /** Notified when an alarm starts and ends. */
  topic: ITopic;
};

/** All alarms, and one composite of those that page, so that an incident sends one message. */
export class AlarmSet extends Construct {
  readonly customersHurt: CompositeAlarm;
  /** In the order of their specs. */
  readonly alarms: Alarm[];

  constructor(scope: Construct, id: string, { specs, topic }: AlarmSetProps) {
    super(scope, id);
    function notify(alarm: AlarmBase) {
      alarm.addAlarmAction(new SnsAction(topic));
      alarm.addOkAction(new SnsAction(topic));
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
      else notify(alarm);
      return alarm;
    });
    this.customersHurt = new CompositeAlarm(this, 'CustomersHurt', {
      alarmDescription: `Customers are hurt: calls fail, or conversations do not reach Lime. ${runbookLink('CustomersHurt')}`,
      alarmRule: AlarmRule.anyOf(...paging.map((alarm) => AlarmRule.fromAlarm(alarm, AlarmState.ALARM))),
    });
    notify(this.customersHurt);
  }
}
