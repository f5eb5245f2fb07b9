/** JSON with the value at a path replaced, or (undefined) removed. */
export function changed(settings: unknown, path: string, value: unknown): unknown {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce<unknown>((part, key) => (isObject(part) ? part[key] : undefined), settings);
  if (!isObject(parent)) throw new Error(`${path} is nowhere`);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return settings;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
