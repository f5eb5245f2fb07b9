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
export type World = { tenant: Tenant; reset: () => void; seedRandom: (seed: number) => void };

export type ControlRequest = { world: World; search: URLSearchParams; body: () => unknown };

const SettingsPatch = z.looseObject({ seed: z.int().optional() });

/** A limeobject as Lime shows it, without links. */
export function objectsOf({ schema, store }: Tenant, name: string): Record<string, unknown>[] {
  const limetype = limetypeOf(schema, name);
  return store.all(name).map((row) => ({ ...systemOut(limetype, row), ...valuesOut(limetype, row) }));
}

function requests({ world, search }: ControlRequest): Reply {
  const wanted = (['method', 'limetype', 'status'] as const).flatMap((name) => {
    const value = search.get(name);
    return value === null ? [] : [(entry: Entry) => String(entry[name]) === value];
  });
  return json(
    200,
    world.tenant.journal.entries().filter((entry) => wanted.every((test) => test(entry))),
  );
}

/** One fault or a list of them. */
function faultsIn(body: unknown): Fault[] {
  return Array.isArray(body) ? parsed(z.array(Fault), body) : [parsed(Fault, body)];
}

function addFaults({ world, body }: ControlRequest): Reply {
  world.tenant.faults.add(faultsIn(body()));
  return json(200, world.tenant.faults.list());
}

function changeSettings({ world, body }: ControlRequest): Reply {
  const { seed, ...patch } = parsed(SettingsPatch, body());
  world.tenant.settings = parsed(Settings, { ...world.tenant.settings, ...patch });
  if (seed !== undefined) world.seedRandom(seed);
  return json(200, world.tenant.settings);
}

const routes: readonly Route<ControlRequest, Reply>[] = [
  { method: 'GET', path: '/_sandbox/requests', handle: requests },
  {
    method: 'DELETE',
    path: '/_sandbox/requests',
    handle: ({ world }) => {
      world.tenant.journal.clear();
      return noContent;
    },
  },
  { method: 'GET', path: '/_sandbox/stats', handle: ({ world }) => json(200, world.tenant.journal.stats()) },
  {
    method: 'GET',
    path: '/_sandbox/objects/:limetype',
    handle: ({ world }, param) => json(200, objectsOf(world.tenant, param('limetype'))),
  },
  { method: 'GET', path: '/_sandbox/faults', handle: ({ world }) => json(200, world.tenant.faults.list()) },
  { method: 'POST', path: '/_sandbox/faults', handle: addFaults },
  {
    method: 'PUT',
    path: '/_sandbox/faults',
    handle: ({ world, body }) => {
      const faults = faultsIn(body());
      world.tenant.faults.clear();
      world.tenant.faults.add(faults);
      return json(200, world.tenant.faults.list());
    },
  },
  {
    method: 'DELETE',
    path: '/_sandbox/faults',
    handle: ({ world }) => {
      world.tenant.faults.clear();
      return noContent;
    },
  },
  { method: 'GET', path: '/_sandbox/settings', handle: ({ world }) => json(200, world.tenant.settings) },
  { method: 'PUT', path: '/_sandbox/settings', handle: changeSettings },
  {
    method: 'POST',
    path: '/_sandbox/reset',
    handle: ({ world }) => {
      world.reset();
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
