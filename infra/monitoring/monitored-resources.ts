import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Measures } from './measures.ts';

/** The parts of the bridge that are looked at. */
export type Watched = {
  api: HttpApi;
  mapper: IFunction;
  /** The functions' own metrics. */
  own: Measures;
  intakeTimeoutSeconds: number;
  mapperTimeoutSeconds: number;
  queue: IQueue;
  deadLetters: IQueue;
  logs: { intake: ILogGroup; mapper: ILogGroup; link: ILogGroup };
};
