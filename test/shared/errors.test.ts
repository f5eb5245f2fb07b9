import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { describeError, hasCode, LimeError, MappingError } from '../../shared/errors.ts';
import { HttpError } from '../../shared/http/http-error.ts';

describe('an error', () => {
  const cause = new Error('why');
  it.each([
    { error: new HttpError(503, 'no', { cause, retryAfterSeconds: 5 }), name: 'HttpError' },
    { error: new LimeError('unclear', 'no', { cause, status: 500 }), name: 'LimeError' },
    { error: new MappingError('no', { cause }), name: 'MappingError' },
  ])('has the literal name $name and keeps its cause', ({ error, name }) => {
    expect(error).toBeInstanceOf(Error);
    expect(Object.getOwnPropertyDescriptor(error, 'name')?.value).toBe(name);
    expect(error).toMatchObject({ message: 'no', cause });
  });

  it('says what may be done next', () => {
    expect(new HttpError(429, 'no', { retryAfterSeconds: 5 })).toMatchObject({ status: 429, retryAfterSeconds: 5 });
    expect(new HttpError(422, 'no', { rejected: [{ index: 0, errors: [] }] }).rejected).toHaveLength(1);
    expect(new LimeError('overloaded', 'no', { status: 429, retryAfterSeconds: 7 })).toMatchObject({
      failure: 'overloaded',
      status: 429,
      retryAfterSeconds: 7,
    });
  });
});

describe('the log entry of an error', () => {
  it('is its name, its code and where it was thrown', () => {
    const described = describeError(Object.assign(new TypeError('x'), { code: 'ECONNRESET' }));
    expect(described).toMatchObject({ error: 'TypeError', code: 'ECONNRESET' });
    expect(described.at).toMatch(/^at .*errors\.test\.ts:\d+:\d+/);
  });

  it.each(['text', 5, null, undefined, { message: 'x' }])('is only the type of %j, which is no error', (thrown) => {
    expect(describeError(thrown)).toEqual({ error: typeof thrown });
  });

  it('leaves out a code that is no text, and a place that there is not', () => {
    const error = Object.assign(new Error('x'), { code: 23 });
    delete error.stack;
    expect(describeError(error)).toEqual({ error: 'Error' });
  });

  it('is never its message, whatever that looks like', () => {
    fc.assert(
      fc.property(
        fc.emailAddress(),
        fc.constantFrom('', 'Lime says\n    at ', '\n    at x (', 'Error: '),
        (address, before) => {
          expect(JSON.stringify(describeError(new Error(before + address)))).not.toContain(address);
        },
      ),
    );
  });
});

it('a code is found in anything that carries one', () => {
  expect(hasCode({ code: 'ENOENT' }, 'ENOENT')).toBe(true);
  for (const other of [{ code: 'EPERM' }, {}, null, undefined, 'ENOENT']) expect(hasCode(other, 'ENOENT')).toBe(false);
});
