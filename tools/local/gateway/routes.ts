/** A route of the HTTP API: `POST /{proxy+}`, `ANY /a/{id}` or `$default`. */
export type Route<T> = { key: string; method: string; segments: string[]; target: T };

export type Match<T> = { route: Route<T>; pathParameters: Record<string, string> };

/** Parses a route key. Undefined if HTTP APIs do not know it. */
export function parseRouteKey<T>(key: string, target: T): Route<T> | undefined {
  if (key === '$default') return { key, method: 'ANY', segments: [], target };
  const parts = /^([A-Z]+) \/(.*)$/.exec(key);
  if (parts === null) return undefined;
  const [, method = '', path = ''] = parts;
  return { key, method, segments: path.split('/'), target };
}

/**
 * The route for a request, as documented for HTTP APIs:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 * @param path as requested, percent-encoded, without the query
 * @throws URIError if the path is malformed
 */
export function matchRoute<T>(routes: Route<T>[], method: string, path: string): Match<T> | undefined {
  const segments = path.slice(1).split('/');
  const matches = routes.flatMap((route): Match<T>[] => {
    if (route.method !== 'ANY' && route.method !== method) return [];
    const pathParameters = route.key === '$default' ? {} : matchPath(route.segments, segments);
    return pathParameters === undefined ? [] : [{ route, pathParameters }];
  });
  return matches.toSorted((a, b) => (rank(a.route) < rank(b.route) ? -1 : 1))[0];
}

function matchPath(pattern: string[], path: string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of pattern.entries()) {
    const given = path[index];
    if (given === undefined) return undefined;
    if (isGreedy(segment)) {
      const rest = path.slice(index).join('/');
      if (rest === '') return undefined;
      parameters[segment.slice(1, -2)] = decodeURIComponent(rest);
      return parameters;
    }
    if (isVariable(segment)) {
      if (given === '') return undefined;
      parameters[segment.slice(1, -1)] = decodeURIComponent(given);
    } else if (segment !== decodeURIComponent(given)) {
      return undefined;
    }
  }
  return pattern.length === path.length ? parameters : undefined;
}

function isGreedy(segment: string): boolean {
  return segment.endsWith('+}');
}
function isVariable(segment: string): boolean {
  return segment.startsWith('{');
}

/**
 * Most specific first: full paths, then greedy ones, then `$default`. Literals before variables, a method before ANY.
 */
function rank<T>({ key, method, segments }: Route<T>): string {
  const kind = key === '$default' ? '2' : segments.some(isGreedy) ? '1' : '0';
  const path = segments.map((segment) => (isGreedy(segment) ? '2' : isVariable(segment) ? '1' : '0')).join('');
  return `${kind}${path}3${method === 'ANY' ? '1' : '0'}`;
}
