import { afterEach, describe, expect, it, jest } from '@jest/globals';
import * as z from 'zod';
import { createObject, readObject, timeoutOf, uploadFile } from '../../../../shared/lime/requests.ts';
import { aLime, failureOf } from '../../../support/a-server.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

const bytes = new Uint8Array(25_000_000);

describe('a request to Lime', () => {
  it.each([
    { title: 'a read', request: readObject('helpdesk', 1001) },
    { title: 'a create', request: createObject('helpdesk', { title: 'x' }) },
    { title: 'a large file', request: uploadFile({ name: 'x.png', contentType: 'image/png', bytes }) },
  ])('ends after its own time, and no claim is needed for longer: $title', async ({ request }) => {
    const over = AbortSignal.abort(new DOMException('over', 'TimeoutError'));
    const asked = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(over);
    const hanging: typeof fetch = async (_url, init) => {
      init?.signal?.throwIfAborted();
      throw new Error('was not ended');
    };

    expect(await failureOf(aLime('http://lime.example', { fetch: hanging })(request, z.unknown()))).toMatchObject({
      message: expect.stringMatching(/ timed out$/),
    });
    expect(asked.mock.calls).toEqual([[timeoutOf(request)]]);
  });
});
