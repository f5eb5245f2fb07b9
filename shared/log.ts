import { traceId } from './env.ts';

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

/**
 * Writes JSON lines to stdout, which Lambda sends to the function's log group. Lambda reads `level` and `timestamp` of
 * a line, and would put a line from the console into another one.
 */
export function createLog(component: 'intake' | 'mapper' | 'link'): Log {
  const write = (level: string, message: string, fields: LogFields = {}): void => {
    const head = { level, message, timestamp: new Date().toISOString(), service: component, xray_trace_id: traceId() };
    process.stdout.write(`${JSON.stringify({ ...head, ...fields })}\n`);
  };
  return {
    info: (message, fields) => write('INFO', message, fields),
    warn: (message, fields) => write('WARN', message, fields),
    error: (message, fields) => write('ERROR', message, fields),
  };
}
