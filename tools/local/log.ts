import { styleText } from 'node:util';
import { eventLine, skipRepeatedLinks } from '../../cli/logs/event-line.ts';
import { readLogLine } from '../../cli/logs/log-line.ts';

/** Logs something about the local run itself. */
export type Log = (level: 'INFO' | 'WARN' | 'ERROR', message: string, fields?: Record<string, unknown>) => void;

export function createLog(print: (line: string) => void): Log {
  return (level, message, fields = {}) => {
    print(JSON.stringify({ level, timestamp: new Date().toISOString(), service: 'local', message, ...fields }));
  };
}

/** The stream for log lines: stderr, because stdout has only the `ready` line and the example. */
type Output = NodeJS.WritableStream & { isTTY?: boolean };

/**
 * Prints log lines as they are, or one readable line for each event. Readable output leaves out metrics and what a
 * waiting link page repeats. Lines that are not JSON are printed as they are.
 */
export function createPrint(stream: Output, isJson: boolean): (line: string) => void {
  const isNew = skipRepeatedLinks();
  const write = (text: string): void => void stream.write(`${text}\n`);
  return (line) => {
    const logLine = isJson ? undefined : readLogLine(line);
    if (logLine === undefined) return write(line);
    const event = isNew(logLine) ? eventLine(logLine) : undefined;
    if (event === undefined) return;
    write(event.colour === undefined ? event.text : styleText(event.colour, event.text, { stream }));
  };
}
