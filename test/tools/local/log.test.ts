import { PassThrough } from 'node:stream';
import { expect, it } from '@jest/globals';
import { createLog, createPrint } from '../../../tools/local/log.ts';

const accepted = JSON.stringify({
  level: 'INFO',
  message: 'call accepted',
  organization: '108905',
  conversations: ['7'],
  accepted: 1,
});
const metrics = JSON.stringify({ _aws: { Timestamp: 0 }, BudgetUsed: 4 });

/** What is printed for some lines. */
function printed(isJson: boolean, lines: readonly string[]): string[] {
  const stream = new PassThrough();
  const print = createPrint(stream, isJson);
  for (const line of lines) print(line);
  return (stream.read() ?? '').toString().trimEnd().split('\n');
}

it('a program gets every line as it is', () => {
  expect(printed(true, ['starting', accepted, metrics])).toEqual(['starting', accepted, metrics]);
});

it('an engineer gets readable lines without metrics', () => {
  expect(printed(false, ['starting', accepted, metrics])).toEqual([
    'starting',
    '-  108905    7           accepted 1 conversation',
  ]);
});

it('the local run itself logs a JSON line', () => {
  const lines: string[] = [];
  createLog((line) => lines.push(line))('WARN', 'a process ended', { pid: 7 });

  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { level: 'WARN', timestamp: expect.any(String), service: 'local', message: 'a process ended', pid: 7 },
  ]);
});
