import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  chunksFor,
  createObject,
  holdsOf,
  isAny,
  isOneOf,
  LONGEST_PATH,
  MOST_VALUES,
  query,
  readLimetype,
  readObject,
  updateObject,
} from '../../../shared/lime/requests.ts';
import { anyText } from '../../support/any-conversations.ts';

function queryIn(path: string): unknown {
  return JSON.parse(new URL(path, 'http://lime.example').searchParams.get('q') ?? '');
}

describe('a request', () => {
  it.each([
    {
      title: 'creates by POST',
      request: createObject('helpdesk', { title: 'x' }),
      expected: { method: 'POST', path: '/api/v1/limeobject/helpdesk/', body: { title: 'x' } },
    },
    {
      title: 'updates by PUT and knows what it is about',
      request: updateObject('helpdesk', 1500, { title: 'x' }),
      expected: {
        method: 'PUT',
        path: '/api/v1/limeobject/helpdesk/1500/',
        body: { title: 'x' },
        id: 1500,
        limetype: 'helpdesk',
      },
    },
    {
      title: 'reads by GET and knows what it is about',
      request: readObject('helpdesk', 1500),
      expected: { method: 'GET', path: '/api/v1/limeobject/helpdesk/1500/', id: 1500, limetype: 'helpdesk' },
    },
    {
      title: 'reads a limetype with its properties',
      request: readLimetype('helpdesk'),
      expected: { method: 'GET', path: '/api/v1/limetype/helpdesk/?_embed=properties' },
    },
  ])('$title', ({ request, expected }) => {
    expect(request).toStrictEqual(expected);
  });

  it('encodes a limetype that is no word', () => {
    expect(createObject('my/type ä?', {}).path).toBe('/api/v1/limeobject/my%2Ftype%20%C3%A4%3F/');
    expect(readLimetype('a#b').path).toBe('/api/v1/limetype/a%23b/?_embed=properties');
  });
});

describe('a query', () => {
  it('asks for ids and properties, in pages of 200 in the order of the ids', () => {
    const { method, path } = query('person', ['email', 'company'], { key: 'helpdesk', op: '=', exp: 1500 }, 400);
    expect(method).toBe('GET');
    expect(queryIn(path)).toEqual({
      limetype: 'person',
      responseFormat: { object: { _id: null, email: null, company: null } },
      filter: { key: 'helpdesk', op: '=', exp: 1500 },
      orderBy: [{ _id: 'ASC' }],
      limit: 200,
      offset: 400,
    });
  });

  it('asks for one property with IN, for several with OR', () => {
    expect(isOneOf(['email'], ['a', 'b'])).toEqual({ key: 'email', op: 'IN', exp: ['a', 'b'] });
    expect(isOneOf(['phone', 'mobilephone'], ['1'])).toEqual({
      op: 'OR',
      exp: [
        { key: 'phone', op: 'IN', exp: ['1'] },
        { key: 'mobilephone', op: 'IN', exp: ['1'] },
      ],
    });
  });

  it('asks of each list for one text at least, in any of the properties', () => {
    expect(holdsOf(['phone', 'mobilephone'], [['99'], ['06', '699']])).toEqual({
      op: 'AND',
      exp: [
        isAny([
          { key: 'phone', op: '?', exp: '99' },
          { key: 'mobilephone', op: '?', exp: '99' },
        ]),
        isAny([
          { key: 'phone', op: '?', exp: '06' },
          { key: 'phone', op: '?', exp: '699' },
          { key: 'mobilephone', op: '?', exp: '06' },
          { key: 'mobilephone', op: '?', exp: '699' },
        ]),
      ],
    });
  });

  it('carries any value through the URL', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const { path } = query('person', ['email'], isOneOf(['email'], [value]));
        expect(path).toMatch(/^[\x21-\x7e]+$/);
        expect(queryIn(path)).toMatchObject({ filter: { exp: [value] } });
      }),
    );
  });
});

describe('the values of a query', () => {
  const toRequest = (chunk: readonly string[]) => query('person', ['email'], isOneOf(['phone', 'email'], chunk));

  it.each([
    { title: 'none are no query', count: 0, length: 10, chunks: [] },
    { title: 'one is one', count: 1, length: 10, chunks: [1] },
    { title: 'a hundred are one', count: 100, length: 10, chunks: [100] },
    { title: 'a hundred and one are two', count: 101, length: 10, chunks: [51, 50] },
    { title: 'two hundred and one are three', count: 201, length: 10, chunks: [67, 67, 67] },
    { title: 'long ones are more', count: 4, length: 1_000, chunks: [2, 2] },
    { title: 'one that is too long for all paths is left out', count: 2, length: 9_000, chunks: [] },
  ])('$title', ({ count, length, chunks }) => {
    const values = Array.from({ length: count }, (_, index) => String(index).padStart(length, '0'));
    expect(chunksFor(values, toRequest).map((chunk) => chunk.length)).toEqual(chunks);
  });

  it('are asked for together where another one is left out', () => {
    const values = [...Array.from({ length: 50 }, (_, index) => `${index}`), 'x'.repeat(9_000)];
    expect(chunksFor(values, toRequest)).toEqual([values.slice(0, 50)]);
  });

  it('are all asked for, in order, in queries that are short enough', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.emailAddress(), anyText), { maxLength: 400, size: 'max' }), (values) => {
        const chunks = chunksFor(values, toRequest);
        expect(chunks.flat()).toEqual(values);
        for (const chunk of chunks) {
          expect(chunk.length).toBeGreaterThan(0);
          expect(chunk.length).toBeLessThanOrEqual(MOST_VALUES);
          expect(toRequest(chunk).path.length).toBeLessThanOrEqual(LONGEST_PATH);
        }
      }),
      { numRuns: 50 },
    );
  });
});
