import { describe, expect, it } from '@jest/globals';
import { findRun, variablesOf } from '../../../cli/local/find-run.ts';
import type { RunFile } from '../../../cli/local/run-file.ts';
import { removeRunFiles, runFilesOf, runningLocally, writeRunFile } from '../../../cli/local/run-file.ts';

const run: RunFile = {
  pid: process.pid,
  endpoint: 'http://127.0.0.1:3000/108905',
  organization: '108905',
  limeUrl: 'http://127.0.0.1:3001/lime',
  awsEndpoint: 'http://127.0.0.1:4000',
  queueUrl: 'http://127.0.0.1:4000/queue',
  interactiveQueueUrl: 'http://127.0.0.1:4000/interactive',
  dlqUrl: 'http://127.0.0.1:4000/dlq',
  ledgerTable: 'ledger',
  stage: 'local',
  limeRequestsPerSecond: 9,
  log: 'run.log',
};
const other = { ...run, organization: '7' };

describe('--local', () => {
  it('takes the only run', () => {
    expect(findRun(undefined, [{ port: 3000, run }])).toBe(run);
  });

  it('takes the run of a port', () => {
    const running = [
      { port: 3000, run },
      { port: 4000, run: other },
    ];
    expect(findRun('4000', running)).toBe(other);
  });

  it.each([
    { title: 'no run', typed: undefined, running: [], message: /no local run of this checkout; start one/ },
    {
      title: 'no such run',
      typed: '9',
      running: [{ port: 3000, run }],
      message: /no local run on 9; running are 3000/,
    },
    {
      title: 'several runs',
      typed: undefined,
      running: [
        { port: 4000, run },
        { port: 3000, run },
      ],
      message: /choose --port 3000 or 4000/,
    },
  ])('explains $title', ({ typed, running, message }) => {
    expect(() => findRun(typed, running)).toThrow(message);
  });

  it('stands for the variables of the run', () => {
    expect(variablesOf(run)).toEqual({
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4000',
      QUEUE_URL: 'http://127.0.0.1:4000/queue',
      INTERACTIVE_QUEUE_URL: 'http://127.0.0.1:4000/interactive',
      DLQ_URL: 'http://127.0.0.1:4000/dlq',
      LEDGER_TABLE: 'ledger',
      LIME_REQUESTS_PER_SECOND: '9',
      LOCAL_ENDPOINT: 'http://127.0.0.1:3000/{organization}',
      LOCAL_LOG: 'run.log',
      LOCAL_STAGE: 'local',
      ORGANIZATION: '108905',
    });
  });
});

describe('the file of a local run', () => {
  /** A port that no run can have. */
  const port = 100_000 + (process.pid % 100_000);
  const found = () => runningLocally().filter((running) => running.port === port);

  it('is found while its process lives', () => {
    writeRunFile(port, { ...run, log: undefined });

    expect(found()).toEqual([{ port, run: { ...run, log: runFilesOf(port).log } }]);
    removeRunFiles(port);
    expect(found()).toEqual([]);
  });

  it('is removed if its process was killed', () => {
    writeRunFile(port, { ...run, pid: 2 ** 30 });

    expect(found()).toEqual([]);
  });

  it('is not written for a stack without the queues', () => {
    writeRunFile(port, { ...run, queueUrl: undefined });

    expect(found()).toEqual([]);
  });
});
