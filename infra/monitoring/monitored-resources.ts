import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Lane } from '../../shared/queue/lane.ts';
import type { BridgeMetrics } from './bridge-metrics.ts';

/** The resources and metrics that alarms and dashboard use. */
export type MonitoredResources = {
  api: HttpApi;
  mapper: IFunction;
  /** The functions' own metrics. */
  metrics: BridgeMetrics;
  intakeTimeoutSeconds: number;
  mapperTimeoutSeconds: number;
  queues: Record<Lane, IQueue>;
  deadLetters: IQueue;
  logs: { intake: ILogGroup; mapper: ILogGroup; link: ILogGroup };
};
