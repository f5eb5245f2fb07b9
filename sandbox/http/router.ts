/** A route. A path with a slash at its end requires it, as Lime does. A path without one takes both. */
export type Route<Context, Result> = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Segments such as `:limetype` match anything and are passed on by name. */
  path: string;
  handle: (context: Context, param: (name: string) => string) => Result;
};

export type Found<Context, Result> =
  | { kind: 'route'; route: Route<Context, Result>; param: (name: string) => string }
  | { kind: 'slash missing' }
  | { kind: 'method not allowed'; allow: string }
  | { kind: 'nothing' };

export function findRoute<Context, Result>(
  routes: readonly Route<Context, Result>[],
  method: string,
  path: string,
): Found<Context, Result> {
  const matching = routes.flatMap((route) => {
    const params = parameters(route.path, path);
    return params === undefined ? [] : [{ route, params }];
  });
  if (matching.length === 0) return { kind: 'nothing' };
  const chosen = matching.find(({ route }) => route.method === method);
  if (chosen === undefined) {
    return { kind: 'method not allowed', allow: [...new Set(matching.map(({ route }) => route.method))].join(', ') };
  }
  if (chosen.route.path.endsWith('/') && !path.endsWith('/')) return { kind: 'slash missing' };
  return {
    kind: 'route',
    route: chosen.route,
    param: (name) => {
      const value = chosen.params.get(name);
      if (value === undefined) throw new Error(`Route ${chosen.route.path} has no segment :${name}`);
      return value;
    },
  };
}

function parameters(pattern: string, path: string): Map<string, string> | undefined {
  const wanted = segmentsOf(pattern);
  const given = segmentsOf(path);
  if (wanted.length !== given.length) return undefined;
  const found = new Map<string, string>();
  for (const [at, name] of wanted.entries()) {
    const value = decoded(given[at] ?? '');
    if (value === undefined) return undefined;
    if (name.startsWith(':')) found.set(name.slice(1), value);
    else if (name !== value) return undefined;
  }
  return found;
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
