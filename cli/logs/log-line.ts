import * as z from 'zod';

const text = z.string().optional();
const number = z.number().optional();

/** A log line of a function or of the local run. Lines with metrics have no message. */
export const LogLine = z.looseObject({
  level: text,
  timestamp: text,
  service: text,
  message: text,
  callId: text,
  organization: text,
  conversation: text,
  conversations: z.array(z.string()).optional(),
  receiveCount: number,
  status: number,
  outcome: text,
  state: text,
  reason: text,
  step: text,
  failure: text,
  limeobject: number,
  accepted: number,
  rejected: number,
  ignored: number,
  records: number,
  seconds: number,
  retryInSeconds: number,
  paths: z.array(z.string()).optional(),
  error: text,
  code: text,
  at: text,
  limeUrl: text,
  /** Metrics have their time here. */
  _aws: z.looseObject({ Timestamp: z.number() }).optional(),
  BudgetUsed: z.union([z.number(), z.array(z.number())]).optional(),
});
export type LogLine = z.infer<typeof LogLine>;

/** Reads a JSON line. Undefined for any other line, because other programs may write to the same file. */
export function readLogLine(line: string): LogLine | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return LogLine.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** The time of a line in milliseconds. Undefined if it has none. */
export function timeOf({ timestamp, _aws }: LogLine): number | undefined {
  const time = Date.parse(timestamp ?? '');
  return Number.isNaN(time) ? _aws?.Timestamp : time;
}

/** The conversations that a line is about. */
export function conversationsOf({ conversation, conversations = [] }: LogLine): readonly string[] {
  return conversation === undefined ? conversations : [conversation];
}
