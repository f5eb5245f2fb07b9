import { describe, expect, it } from '@jest/globals';
import { matchRoute, parseRouteKey } from '../../../../tools/local/gateway/routes.ts';

const KEYS = [
  '$default',
  'ANY /{proxy+}',
  'POST /{proxy+}',
  'GET /{organization}/conversations/{id}',
  'GET /a/{rest+}',
  'GET /a/conversations/1',
];
const routes = KEYS.flatMap((key) => parseRouteKey(key, key) ?? []);

describe('routes', () => {
  it.each([
    { method: 'POST', path: '/108905', key: 'POST /{proxy+}', parameters: { proxy: '108905' } },
    { method: 'POST', path: '/108905/', key: 'POST /{proxy+}', parameters: { proxy: '108905/' } },
    { method: 'POST', path: '/108905/a%2Fb/c', key: 'POST /{proxy+}', parameters: { proxy: '108905/a/b/c' } },
    { method: 'PUT', path: '/x', key: 'ANY /{proxy+}', parameters: { proxy: 'x' } },
    {
      method: 'GET',
      path: '/7/conversations/9',
      key: 'GET /{organization}/conversations/{id}',
      parameters: { organization: '7', id: '9' },
    },
    { method: 'GET', path: '/7/conversations/', key: 'ANY /{proxy+}', parameters: { proxy: '7/conversations/' } },
    { method: 'GET', path: '/7/conversations/9/', key: 'ANY /{proxy+}', parameters: { proxy: '7/conversations/9/' } },
    { method: 'GET', path: '/a/conversations/1', key: 'GET /a/conversations/1', parameters: {} },
    {
      method: 'GET',
      path: '/a/conversations/2',
      key: 'GET /{organization}/conversations/{id}',
      parameters: { organization: 'a', id: '2' },
    },
    { method: 'GET', path: '/a/x', key: 'GET /a/{rest+}', parameters: { rest: 'x' } },
    { method: 'GET', path: '/', key: '$default', parameters: {} },
  ])('$method $path goes to $key', ({ method, path, key, parameters }) => {
    const match = matchRoute(routes, method, path);

    expect([match?.route.key, match?.pathParameters]).toEqual([key, parameters]);
  });

  it('find none for an unknown path', () => {
    expect(matchRoute(routes.slice(2), 'POST', '/')).toBeUndefined();
  });

  it.each(['POST', 'POST 108905', 'post /x', ''])('does not know the key "%s"', (key) => {
    expect(parseRouteKey(key, key)).toBeUndefined();
  });
});
