import * as z from 'zod';

/** The message of intake's log lines that list the conversations of a call. */
export const ACCEPTED_MESSAGE = 'call accepted';

const AcceptedLine = z.looseObject({
  message: z.literal(ACCEPTED_MESSAGE),
  timestamp: z.iso.datetime({ offset: true }),
  callId: z.string(),
  organization: z.string(),
  conversations: z.array(z.string()),
});

/** A conversation of an accepted call. `acceptedAt` is the time of the line in milliseconds. */
export type Accepted = { organization: string; conversation: string; callId: string; acceptedAt: number };

/**
 * The conversations in a log line. Other lines have none. An `unreadable` line is one of an accepted call that does not
 * list its conversations.
 */
export function readLine(line: string): Accepted[] | 'unreadable' {
  if (!line.includes(ACCEPTED_MESSAGE)) return [];
  const json = parseJson(line);
  if (!isAccepted(json)) return [];
  const parsed = AcceptedLine.safeParse(json);
  if (!parsed.success) return 'unreadable';
  const { organization, callId, timestamp, conversations } = parsed.data;
  const acceptedAt = Date.parse(timestamp);
  return conversations.map((conversation) => ({ organization, conversation, callId, acceptedAt }));
}

function isAccepted(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'message' in json && json.message === ACCEPTED_MESSAGE;
}

/** Undefined for lines that are not JSON, because other programs may write to the same file. */
function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
