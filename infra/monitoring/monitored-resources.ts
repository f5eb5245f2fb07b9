import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Lane } from '../../shared/queue/lane.ts';
import type { BridgeMetrics } from './bridge-metrics.ts';

/** The resources and metrics that alarms and dashboard use. */
export type MonitoredResources = {
  api: HttpApi;
  /** Calls that API Gateway answered 429. It has no such metric itself. */
  callsThrottled: Metric;
  ledger: Table;
  mapper: IFunction;
  /** The functions' own metrics. */
  metrics: BridgeMetrics;
  intakeTimeoutSeconds: number;
  mapperTimeoutSeconds: number;
  queues: Record<Lane, IQueue>;
  deadLetters: IQueue;
  logs: { intake: ILogGroup; mapper: ILogGroup; link: ILogGroup };
};
