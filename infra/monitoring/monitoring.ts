import { Construct } from 'constructs';
import { AlarmSet } from './alarm-set.ts';
import { AlarmTopic } from './alarm-topic.ts';
import { alarmsOf } from './alarms.ts';
import type { BusinessHours } from './business-hours.ts';
import { OverviewDashboard } from './dashboard.ts';
import type { MonitoredResources } from './monitored-resources.ts';
import { SavedQueries } from './queries.ts';

export type MonitoringProps = MonitoredResources & {
  /** Recipient of the alarms. */
  alarmEmail?: string | undefined;
  /** URL of the page with a section for each alarm. */
  runbookUrl?: string | undefined;
  /** When conversations are expected. Without it there is no alarm for missing traffic. */
  businessHours?: BusinessHours | undefined;
};

/** Alarms, dashboard and saved queries. */
export class Monitoring extends Construct {
  readonly alarms: AlarmSet;
  readonly topic: AlarmTopic;
  readonly dashboard: OverviewDashboard;

  constructor(scope: Construct, id: string, { alarmEmail, runbookUrl, businessHours, ...resources }: MonitoringProps) {
    super(scope, id);
    this.topic = new AlarmTopic(this, 'Topic', { email: alarmEmail });
    this.alarms = new AlarmSet(this, 'Alarms', {
      specs: alarmsOf(resources, businessHours),
      topic: this.topic.topic,
      runbookUrl,
    });
    this.dashboard = new OverviewDashboard(this, 'Dashboard', { resources, alarms: this.alarms });
    new SavedQueries(this, 'Queries', resources.logs);
  }
}
