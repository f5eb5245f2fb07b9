import { printable } from '../printable.ts';
import { count } from '../table.ts';
import { formatSeconds, formatTime } from '../time.ts';
import { conversationsOf, type LogLine, timeOf } from './log-line.ts';

/** The colour of a line on a terminal. */
export type Colour = 'red' | 'yellow' | 'green' | 'dim';

/** A log line as one readable line. */
export type EventLine = { text: string; colour: Colour | undefined };

/** Widths that fit most organizations and conversations. */
const ORGANIZATION_WIDTH = 8;
const CONVERSATION_WIDTH = 10;

/** The readable form of a log line. Undefined for lines that tell nothing about conversations, such as metrics. */
export function eventLine(line: LogLine): EventLine | undefined {
  const { message, organization = '-', level } = line;
  if (message === undefined) return undefined;
  const time = timeOf(line);
  const conversations = conversationsOf(line);
  const [conversation = '-'] = conversations.length > 1 ? [`${conversations.length} ids`] : conversations;
  const told = events[message]?.(line) ?? { text: message, colour: undefined };
  const columns = [
    time === undefined ? '-' : formatTime(time),
    organization.padEnd(ORGANIZATION_WIDTH),
    conversation.padEnd(CONVERSATION_WIDTH),
    told.text,
  ];
  return { text: printable(columns.join('  ')), colour: told.colour ?? colours[level ?? ''] };
}

const colours: Readonly<Record<string, Colour>> = { ERROR: 'red', WARN: 'yellow' };

/** The readable text of each of the functions' messages. */
const events: Readonly<Record<string, (line: LogLine) => { text: string; colour?: Colour }>> = {
  addresses: ({ limeUrl }) => ({ text: `Lime is ${limeUrl}; the command line finds this run with --local` }),
  'call accepted': ({ accepted, conversations = [], rejected = 0, ignored = 0, paths = [] }) => ({
    text: [
      `accepted ${count(accepted ?? conversations.length, 'conversation')}`,
      ...(rejected > 0 ? [`rejected ${rejected} (${paths.join(', ')})`] : []),
      ...(ignored > 0 ? [`ignored ${ignored}`] : []),
    ].join(', '),
  }),
  'call refused': ({ status, ...line }) => ({
    text: `call refused with ${status}: ${causeOf(line)}`,
    colour: 'yellow',
  }),
  'call failed': ({ status, ...line }) => ({ text: `call failed with ${status}: ${causeOf(line)}` }),
  'weak keys': ({ paths = [] }) => ({ text: `weak keys in the add-on secret: ${paths.join(', ')}` }),
  delivered: ({ outcome = 'delivered', limeobject, seconds }) => ({
    text: [
      limeobject === undefined ? outcome : `${outcome} limeobject ${limeobject}`,
      ...(seconds === undefined ? [] : [`after ${formatSeconds(seconds)}`]),
    ].join(' '),
    colour: 'green',
  }),
  retrying: ({ step, receiveCount, retryInSeconds = 0, ...line }) => {
    const tried = step === 'start' ? 'not tried' : `try ${receiveCount ?? '-'} failed`;
    return { text: `${tried}, next in ${formatSeconds(retryInSeconds)}: ${causeOf(line)}` };
  },
  parked: ({ step, ...line }) => ({ text: `parked at ${step ?? 'start'}: ${causeOf(line)}` }),
  skipped: (line) => ({ text: `skipped: ${causeOf(line)}` }),
  'lime cannot be asked': ({ records = 0, ...line }) => ({
    text: `${count(records, 'record')} not tried: ${causeOf(line)}`,
  }),
  'record failed': ({ retryInSeconds = 0, ...line }) => ({
    text: `not delivered, next in ${formatSeconds(retryInSeconds)}: ${causeOf(line)}`,
  }),
  'ledger not settled': (line) => ({ text: `parked, but the ledger does not say so: ${causeOf(line)}` }),
  'link opened': ({ state }) => ({ text: `link opened: ${state}`, colour: 'dim' }),
  'link refused': ({ status, ...line }) => ({ text: `link refused with ${status}: ${causeOf(line)}` }),
  'link failed': (line) => ({ text: `link failed: ${causeOf(line)}` }),
};

/** The reason, else the error by name, code and place. */
function causeOf({ reason, error, code, at }: Pick<LogLine, 'reason' | 'error' | 'code' | 'at'>): string {
  return reason ?? ([error, code, at].filter((part) => part !== undefined).join(' ') || 'unknown');
}

/** Conversations whose last state of a link is remembered. */
const REMEMBERED_LINKS = 1_000;

/** Leaves out what a waiting link page causes by asking again: lines of the same conversation and state. */
export function skipRepeatedLinks(): (line: LogLine) => boolean {
  const states = new Map<string, string>();
  return ({ message, organization, conversation, state = '' }) => {
    if (message !== 'link opened') return true;
    const key = `${organization}#${conversation}`;
    const isRepeated = states.get(key) === state;
    states.delete(key);
    states.set(key, state);
    const [oldest] = states.keys();
    if (states.size > REMEMBERED_LINKS && oldest !== undefined) states.delete(oldest);
    return !isRepeated;
  };
}
