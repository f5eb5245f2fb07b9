import { Logger } from '@aws-lambda-powertools/logger';

/**
 * All that may be logged: ids, counts, sizes, codes, paths. There is no field for a name, an address or a text,
 * so personal data has no way into a log line.
 */
export type LogFields = Partial<{
  callId: string;
  organization: string;
  conversation: string;
  conversations: string[];
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

/** JSON lines on stdout, which Lambda carries to the function's log group. */
export function createLog(component: 'intake' | 'mapper' | 'link'): Log {
  const logger = new Logger({ serviceName: component });
  return {
    info: (message, fields = {}) => logger.info(message, fields),
    warn: (message, fields = {}) => logger.warn(message, fields),
    error: (message, fields = {}) => logger.error(message, fields),
  };
}
