/** The line width of the project's formatter. */
const WIDTH = 120;

/** JSON as people write it: a value without objects inside stands on one line if it fits. */
export function formatJson(value: unknown, indent = '', before = 0): string {
  const line = inline(value);
  if (isFlat(value) && indent.length + before + line.length < WIDTH) return line;
  const inner = `${indent}  `;
  const entries: [string, unknown][] = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const lines = entries.map(([key, one]) => {
    const name = Array.isArray(value) ? '' : `${JSON.stringify(key)}: `;
    return `${inner}${name}${formatJson(one, inner, name.length)}`;
  });
  if (lines.length === 0) return line;
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}

/** True for a value without objects inside. The only object of a list does not count. */
function isFlat(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  const inner = Object.values(value);
  return Array.isArray(value) && inner.length === 1 ? isFlat(inner[0]) : !inner.some(isFull);
}

function isFull(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${inline(one)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
