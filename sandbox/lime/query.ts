import { evaluate, Query } from '../data/query.ts';
import { ValidationError } from '../http/errors.ts';
import { json, type Reply } from '../http/reply.ts';
import type { Route } from '../http/router.ts';
import { type LimeRequest, parsed } from './request.ts';

function queryOf(search: URLSearchParams): Query {
  const text = search.get('q');
  if (text === null) throw new ValidationError({ q: ['q: a query in JSON is required'] });
  try {
    return parsed(Query, JSON.parse(text));
  } catch (error) {
    throw error instanceof SyntaxError ? new ValidationError({ q: ['q: is not JSON'] }) : error;
  }
}

export const queryRoutes: readonly Route<LimeRequest, Reply>[] = [
  {
    method: 'GET',
    path: '/api/v1/query/',
    handle: ({ tenant, search }) =>
      json(200, { objects: evaluate(queryOf(search), tenant, tenant.settings.queryOptions) }),
  },
];
