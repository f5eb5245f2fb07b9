import { Construct } from 'constructs';
import { AlarmSet } from './alarm-set.ts';
import { AlarmTopic } from './alarm-topic.ts';
import { alarmsOf } from './alarms.ts';
import type { BusinessHours } from './business-hours.ts';
import { OverviewDashboard } from './dashboard.ts';
import type { MonitoredResources } from './monitored-resources.ts';
import { SavedQueries } from './queries.ts';

export type MonitoringProps = MonitoredResources & {
  /** Who is mailed by the alarms. */
  alarmEmail?: string | undefined;
  /** When conversations are expected; without it nobody is told that none come. */
  businessHours?: BusinessHours | undefined;
};

/** Alarms, the dashboard and saved queries: what tells whether customers are hurt, and why. */
export class Monitoring extends Construct {
  readonly alarms: AlarmSet;
  readonly topic: AlarmTopic;
  readonly dashboard: OverviewDashboard;

  constructor(scope: Construct, id: string, { alarmEmail, businessHours, ...resources }: MonitoringProps) {
    super(scope, id);
    this.topic = new AlarmTopic(this, 'Topic', { email: alarmEmail });
    this.alarms = new AlarmSet(this, 'Alarms', {
      specs: alarmsOf(resources, businessHours),
      topic: this.topic.topic,
    });
    this.dashboard = new OverviewDashboard(this, 'Dashboard', { resources, alarms: this.alarms });
    new SavedQueries(this, 'Queries', resources.logs);
  }
}
