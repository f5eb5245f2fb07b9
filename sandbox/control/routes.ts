import * as z from 'zod';
import { limetypeOf } from '../data/fields.ts';
import { systemOut, valuesOut } from '../data/render.ts';
import { json, message, noContent, type Reply } from '../http/reply.ts';
import { findRoute, type Route } from '../http/router.ts';
import { parsed } from '../lime/request.ts';
import { Settings } from '../settings.ts';
import type { Tenant } from '../tenant.ts';
import { Fault } from './faults.ts';
import type { Entry } from './journal.ts';

/** A tenant that can be replaced by a new one. */
export type TenantHolder = { tenant: Tenant; reset: () => void; seedRandom: (seed: number) => void };

export type ControlRequest = { holder: TenantHolder; search: URLSearchParams; body: () => unknown };

const SettingsPatch = z.looseObject({ seed: z.int().optional() });

/** A limeobject as Lime shows it, without links. */
export function objectsOf({ schema, store }: Tenant, name: string): Record<string, unknown>[] {
  const limetype = limetypeOf(schema, name);
  return store.all(name).map((row) => ({ ...systemOut(limetype, row), ...valuesOut(limetype, row) }));
}

function requests({ holder, search }: ControlRequest): Reply {
  const wanted = (['method', 'limetype', 'status'] as const).flatMap((name) => {
    const value = search.get(name);
    return value === null ? [] : [(entry: Entry) => String(entry[name]) === value];
  });
  return json(
    200,
    holder.tenant.journal.entries().filter((entry) => wanted.every((test) => test(entry))),
  );
}

/** One fault or a list of them. */
function faultsIn(body: unknown): Fault[] {
  return Array.isArray(body) ? parsed(z.array(Fault), body) : [parsed(Fault, body)];
}

function addFaults({ holder, body }: ControlRequest): Reply {
  holder.tenant.faults.add(faultsIn(body()));
  return json(200, holder.tenant.faults.list());
}

function changeSettings({ holder, body }: ControlRequest): Reply {
  const { seed, ...patch } = parsed(SettingsPatch, body());
  holder.tenant.settings = parsed(Settings, { ...holder.tenant.settings, ...patch });
  if (seed !== undefined) holder.seedRandom(seed);
  return json(200, holder.tenant.settings);
}

const routes: readonly Route<ControlRequest, Reply>[] = [
  { method: 'GET', path: '/_sandbox/requests', handle: requests },
  {
    method: 'DELETE',
    path: '/_sandbox/requests',
    handle: ({ holder }) => {
      holder.tenant.journal.clear();
      return noContent;
    },
  },
  { method: 'GET', path: '/_sandbox/stats', handle: ({ holder }) => json(200, holder.tenant.journal.stats()) },
  {
    method: 'GET',
    path: '/_sandbox/objects/:limetype',
    handle: ({ holder }, param) => json(200, objectsOf(holder.tenant, param('limetype'))),
  },
  { method: 'GET', path: '/_sandbox/faults', handle: ({ holder }) => json(200, holder.tenant.faults.list()) },
  { method: 'POST', path: '/_sandbox/faults', handle: addFaults },
  {
    method: 'PUT',
    path: '/_sandbox/faults',
    handle: ({ holder, body }) => {
      const faults = faultsIn(body());
      holder.tenant.faults.clear();
      holder.tenant.faults.add(faults);
      return json(200, holder.tenant.faults.list());
    },
  },
  {
    method: 'DELETE',
    path: '/_sandbox/faults',
    handle: ({ holder }) => {
      holder.tenant.faults.clear();
      return noContent;
    },
  },
  { method: 'GET', path: '/_sandbox/settings', handle: ({ holder }) => json(200, holder.tenant.settings) },
  { method: 'PUT', path: '/_sandbox/settings', handle: changeSettings },
  {
    method: 'POST',
    path: '/_sandbox/reset',
    handle: ({ holder }) => {
      holder.reset();
      return noContent;
    },
  },
];

export function controlAnswer(request: ControlRequest, method: string, path: string): Reply {
  const found = findRoute(routes, method, path);
  if (found.kind === 'route') return found.route.handle(request, found.param);
  if (found.kind === 'method not allowed') return message(405, `Not ${method} here`, { allow: found.allow });
  return message(404, `The sandbox has ${routes.map((route) => `${route.method} ${route.path}`).join(', ')}`);
}
