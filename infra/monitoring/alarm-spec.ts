import type { ComparisonOperator, IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';

export type AlarmSpec = {
  /** Name of the alarm and of its section in docs/operations.md: `Alarm <id>`. */
  id: string;
  description: string;
  metric: IMetric;
  threshold: number;
  /** Default: greater than or equal to the threshold. */
  comparison?: ComparisonOperator;
  /** Evaluated periods, and how many of them must breach. Default: all. */
  periods: number;
  breaching?: number;
  /** Default: missing data is not breaching. */
  missing?: TreatMissingData;
  /** True if customers are affected now. Other alarms are mailed and can wait until morning. */
  pages: boolean;
  /** True if its end is no news. */
  endsSilently?: true;
};
