import * as z from 'zod';
import { notFound } from '../http/refused.ts';
import { json, noContent, type Reply } from '../http/reply.ts';
import type { Route } from '../http/router.ts';
import type { Tenant } from '../tenant.ts';
import { idOf, jsonBody, type LimeRequest, parsed } from './request.ts';
import { type Subscription, webhookEvents } from './webhooks.ts';

function available({ schema }: Tenant): string[] {
  return [...schema.keys()].flatMap((limetype) => webhookEvents.map((event) => `${limetype}.${event}`));
}

/** Secrets are not read out. */
function shown({ secret: _secret, ...subscription }: Subscription) {
  return subscription;
}

function stored({ tenant }: LimeRequest, id: string): Subscription {
  const subscription = tenant.webhooks.subscriptions.get(idOf(id));
  if (subscription === undefined) throw notFound('Subscription not found');
  return subscription;
}

function list({ tenant, search }: LimeRequest): Reply {
  const events = search.get('events')?.split(',');
  const url = search.get('target_url');
  const enabled = search.get('enabled');
  const found = [...tenant.webhooks.subscriptions.values()].filter(
    (subscription) =>
      (events === undefined || events.some((event) => subscription.events.includes(event))) &&
      (url === null || subscription.target_url === url) &&
      (enabled === null || String(subscription.enabled) === enabled),
  );
  return json(200, found.map(shown));
}

function create(request: LimeRequest): Reply {
  const { subscriptions } = request.tenant.webhooks;
  const id = Math.max(0, ...subscriptions.keys()) + 1;
  const subscription = { id, ...parsed(bodySchema(request.tenant), jsonBody(request)) };
  subscriptions.set(id, subscription);
  return json(201, shown(subscription));
}

function bodySchema(tenant: Tenant) {
  return z.strictObject({
    events: z.array(z.enum(available(tenant))).min(1),
    target_url: z.url({ protocol: /^https?$/ }),
    name: z.string().default(''),
    secret: z.string().default(''),
    enabled: z.boolean().default(true),
  });
}

function update(request: LimeRequest, param: (name: string) => string): Reply {
  const { id, ...before } = stored(request, param('id'));
  const changes = parsed(z.record(z.string(), z.unknown()), jsonBody(request));
  const subscription = { id, ...parsed(bodySchema(request.tenant), { ...before, ...changes }) };
  request.tenant.webhooks.subscriptions.set(id, subscription);
  return json(200, shown(subscription));
}

export const subscriptionRoutes: readonly Route<LimeRequest, Reply>[] = [
  { method: 'GET', path: '/api/v1/subscription/available/', handle: ({ tenant }) => json(200, available(tenant)) },
  { method: 'GET', path: '/api/v1/subscription/', handle: list },
  { method: 'POST', path: '/api/v1/subscription/', handle: create },
  {
    method: 'GET',
    path: '/api/v1/subscription/:id',
    handle: (request, param) => json(200, shown(stored(request, param('id')))),
  },
  { method: 'PUT', path: '/api/v1/subscription/:id', handle: update },
  {
    method: 'DELETE',
    path: '/api/v1/subscription/:id',
    handle: (request, param) => {
      request.tenant.webhooks.subscriptions.delete(stored(request, param('id')).id);
      return noContent;
    },
  },
];
