import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { callOf } from '../../../tools/fuzz/call.ts';
import { placeBelow, Raw, textOf } from '../../../tools/fuzz/json.ts';
import { growthOf, samplesAt } from '../../../tools/fuzz/memory.ts';
import { readOptions } from '../../../tools/fuzz/options.ts';
import { reportOf, violationsOf } from '../../../tools/fuzz/report.ts';
import { send } from '../../../tools/fuzz/send.ts';
import { createDraw } from '../../../tools/soak/draw.ts';
import { aServer, type Reply } from '../../shared/lime/a-server.ts';

function callsOf(seed: number, count: number) {
  return Array.from({ length: count }, (_, number) => {
    const { body, ...call } = callOf(seed, number, 'the-key');
    return {
      ...call,
      body: createHash('sha256')
        .update(body ?? '')
        .digest('hex'),
    };
  });
}

describe('the calls of a seed', () => {
  it('are the same each time', () => {
    expect(callsOf(7, 50)).toEqual(callsOf(7, 50));
  });

  it.each([1, 2 ** 31 - 1])('are of every kind and hardly one like the other: %d', (seed) => {
    const drawn = callsOf(seed, 300);
    const bodies = new Set(drawn.map(({ body }) => body));

    expect(new Set(drawn.map(({ kind }) => kind)).size).toBe(13);
    expect(bodies.size).toBeGreaterThan(200);
  });
});

describe('JSON that JSON.stringify could not write', () => {
  it('stands where it was put', () => {
    expect(textOf({ id: 1, list: [{ a: null }, new Raw('NaN')] })).toBe('{"id":1,"list":[{"a":null},NaN]}');
  });

  it('is found by any way down, changed there or taken away', () => {
    const texts = Array.from({ length: 60 }, (_, seed) => {
      const value = { id: 1, list: [1, { a: 2 }] };
      const place = placeBelow(createDraw(seed, ''), value);
      if (seed % 2 === 0) place?.remove();
      else place?.set(new Raw('01'));
      return textOf(value);
    });

    expect(texts).toEqual(
      expect.arrayContaining([
        '{"list":[1,{"a":2}]}',
        '{"id":01,"list":[1,{"a":2}]}',
        '{"id":1}',
        '{"id":1,"list":[{"a":2}]}',
        '{"id":1,"list":[1,{}]}',
        '{"id":1,"list":[1,{"a":01}]}',
      ]),
    );
  });

  it('has no place below what is no container', () => {
    expect(placeBelow(createDraw(1, ''), 5)).toBeUndefined();
    expect(placeBelow(createDraw(1, ''), {})).toBeUndefined();
  });
});

describe('an answer', () => {
  const call = {
    ...callOf(1, 1, 'k'),
    method: 'POST',
    path: '*',
    headers: {},
    body: Buffer.from('{}'),
    allowed: [200, 400],
  };
  const answered = async (reply: Reply) => {
    await using server = await aServer(reply);
    return (await send(`${server.origin}/108905`, 1, call)).wrong;
  };
  const lists = { accepted: [], rejected: [], ignored: [], callId: 'c' };
  const problem = { 'content-type': 'application/problem+json' };

  it.each<{ title: string; reply: Reply; wrong: RegExp | undefined }>([
    { title: 'with the lists of 200', reply: { json: lists }, wrong: undefined },
    { title: 'with a problem', reply: { status: 400, json: { status: 400 }, headers: problem }, wrong: undefined },
    { title: 'with a status of no contract', reply: { status: 500 }, wrong: /^status 500 instead of 200, 400$/ },
    { title: 'without lists', reply: { json: { accepted: [] } }, wrong: /without the lists/ },
    { title: 'that is no JSON', reply: { text: '<h1>' }, wrong: /no JSON object/ },
    { title: 'that is no problem', reply: { status: 400, json: {} }, wrong: /no problem/ },
    {
      title: 'with another problem',
      reply: { status: 400, json: { status: 422 }, headers: problem },
      wrong: /another status/,
    },
    { title: 'that never comes', reply: (request) => request.socket.destroy(), wrong: /^no answer: fetch failed/ },
  ])('$title is judged', async ({ reply, wrong }) => {
    const found = await answered(reply);
    if (wrong === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(wrong);
  });
});

describe('the memory', () => {
  const series = (of: (at: number) => number) =>
    Array.from({ length: 101 }, (_, percent) => ({ at: percent / 100, megabytes: of(percent / 100) }));

  it.each([
    { title: 'that fills its caches first', of: (at: number) => Math.min(200, 100 + 1_000 * at), grew: false },
    { title: 'that swings', of: (at: number) => 150 + 50 * Math.sin(50 * at), grew: false },
    { title: 'that leaks', of: (at: number) => 100 + 200 * at, grew: true },
  ])('$title', ({ of, grew }) => {
    expect(growthOf(series(of)) !== undefined).toBe(grew);
  });

  it('of a run too short to tell is no finding', () => {
    expect(growthOf([{ at: 0, megabytes: 100 }])).toBeUndefined();
    expect(growthOf([])).toBeUndefined();
  });

  it('is shown at quarters', () => {
    expect(
      samplesAt(
        series((at) => at * 100),
        [0, 0.25, 1],
      ),
    ).toEqual([
      { at: 0, megabytes: 0 },
      { at: 0.25, megabytes: 25 },
      { at: 1, megabytes: 100 },
    ]);
  });
});

describe('a report', () => {
  const answer = { number: 1, kind: 'bomb', status: 413, ms: 12, wrong: undefined };

  it('counts statuses by kind, and names what was wrong', () => {
    const answers = [
      answer,
      { ...answer, number: 2 },
      { ...answer, number: 3, kind: 'key', status: 500, wrong: 'status 500' },
    ];
    const repeated = { ...answer, number: 4, repeated: 'timeout' };
    const result = { answers: [...answers, repeated], samples: [], replaced: 1 };

    expect(reportOf(result)).toMatch(/\| +bomb \| +3 \| +\| +3 \|\n\| +key \| +\| +1 \| +1 \|/);
    expect(reportOf(result)).toMatch(/sent twice, .*:\n4: timeout$/);
    expect(violationsOf(result)).toEqual(['call 3 (key): status 500', '1 processes ended and were replaced']);
  });
});

describe('options', () => {
  it('have defaults, the seed a new one each time', () => {
    expect(readOptions([])).toEqual({ runs: 2_000, seed: expect.any(Number), concurrency: 8, key: 'local-addon-key' });
    expect(readOptions(['--runs', '5', '--seed', '3', '--url', 'http://127.0.0.1:1/7'])).toMatchObject({
      runs: 5,
      seed: 3,
    });
  });

  it.each([
    { title: 'an unknown flag', args: ['--run', '5'] },
    { title: 'no calls', args: ['--runs', '0'] },
    { title: 'a URL that is none', args: ['--url', 'example'] },
  ])('refuse $title', ({ args }) => {
    expect(() => readOptions(args)).toThrow(expect.objectContaining({ name: 'OptionsInvalid' }));
  });
});
