import type { Sandbox } from '../../sandbox/sandbox.ts';

/** Changes the sandbox as a coworker does. `path` is that of limeobjects: `helpdesk/` or `helpdesk/1001/`. */
export async function changeInLime(
  { url }: Sandbox,
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  values?: Record<string, unknown>,
): Promise<void> {
  const { ok, status } = await fetch(`${url}/api/v1/limeobject/${path}`, {
    method,
    headers: { 'x-api-key': 'local-lime-key', 'content-type': 'application/json' },
    ...(values && { body: JSON.stringify(values) }),
  });
  if (!ok) throw new Error(`${method} ${path} was answered ${status}`);
}
