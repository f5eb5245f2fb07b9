import { expect, it } from '@jest/globals';
import * as z from 'zod';
import { linkResponse } from '../../shared/http/link/link-response.ts';
import { blocksOf } from './pages.ts';

it("the link's JSON is the one on the page", () => {
  const told = z.record(z.string(), z.string()).parse(JSON.parse(blocksOf('docs/http.md', 'json').at(-1) ?? ''));
  const { body } = linkResponse(
    {
      outcome: 'retrying',
      unconfirmedAttempts: [],
      object: { instance: 'Helpdesk', limetype: 'helpdesk', id: 1002, url: told.url ?? '', values: '' },
      reason: told.reason ?? '',
      nextTryAt: Date.parse(told.nextTryAt ?? ''),
    },
    { accept: 'application/json' },
    Date.parse(told.nextTryAt ?? '') - 1_000,
  );
  expect(JSON.parse(body ?? '')).toEqual(told);
});
