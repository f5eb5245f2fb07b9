import { Logger } from '@aws-lambda-powertools/logger';

/**
 * Everything that may be logged: ids, counts, sizes, codes, paths. There is no field for names, addresses or texts, so
 * personal data cannot get into a log line.
 */
export type LogFields = Partial<{
  callId: string;
  organization: string;
  conversation: string;
  conversations: string[];
  lane: string;
  recordId: string;
  receiveCount: number;
  status: number;
  outcome: string;
  state: string;
  reason: string;
  step: string;
  limetype: string;
  limeobject: number;
  failure: string;
  accepted: number;
  rejected: number;
  ignored: number;
  records: number;
  bytes: number;
  seconds: number;
  retryInSeconds: number;
  paths: string[];
  error: string;
  code: string;
  at: string;
}>;

export type Log = Record<'info' | 'warn' | 'error', (message: string, fields?: LogFields) => void>;

/** Writes JSON lines to stdout, which Lambda sends to the function's log group. */
export function createLog(component: 'intake' | 'mapper' | 'link'): Log {
  const logger = new Logger({ serviceName: component });
  return {
    info: (message, fields = {}) => logger.info(message, fields),
    warn: (message, fields = {}) => logger.warn(message, fields),
    error: (message, fields = {}) => logger.error(message, fields),
  };
}
