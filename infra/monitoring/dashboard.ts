import { Aws, Duration } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard,
  type IWidget,
  LogQueryWidget,
  PeriodOverride,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmSet } from './alarm-set.ts';
import type { MonitoredResources } from './monitored-resources.ts';
import { lastFailures } from './queries.ts';
import { customerImpact, latency, limeResponses, throughput } from './widgets.ts';

/** Columns of a CloudWatch dashboard. */
const WHOLE_WIDTH = 24;

export type OverviewDashboardProps = { resources: MonitoredResources; alarms: AlarmSet };

/** Five questions in the order in which an on-call engineer asks them, each with its widgets. */
export class OverviewDashboard extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, { resources, alarms }: OverviewDashboardProps) {
    super(scope, id);
    const dashboard = new Dashboard(this, 'Dashboard', {
      defaultInterval: Duration.hours(6),
      // Widgets keep the period of their alarm for any time range.
      periodOverride: PeriodOverride.INHERIT,
      widgets: [
        heading('Are customers hurt?'),
        [
          new AlarmStatusWidget({
            title: 'Alarms',
            alarms: [alarms.customersHurt, ...alarms.alarms],
            width: 10,
            height: 6,
          }),
          customerImpact(resources),
        ],
        heading('How much is flowing?'),
        throughput(resources),
        heading('Where does it wait?'),
        latency(resources),
        heading('What does Lime answer?'),
        limeResponses(resources),
        heading('What failed last?'),
        [
          new LogQueryWidget({
            title: 'The last failures',
            logGroupNames: Object.values(resources.logs).map(({ logGroupName }) => logGroupName),
            queryString: lastFailures(20).toString(),
            width: WHOLE_WIDTH,
            height: 8,
          }),
        ],
      ],
    });
    this.url = `https://${Aws.REGION}.console.aws.amazon.com/cloudwatch/home?region=${Aws.REGION}#dashboards:name=${dashboard.dashboardName}`;
  }
}

function heading(question: string): IWidget[] {
  return [new TextWidget({ markdown: `## ${question}`, width: WHOLE_WIDTH, height: 1 })];
}
