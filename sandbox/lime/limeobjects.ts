import * as z from 'zod';
import { limetypeOf, relatedLimetype } from '../data/fields.ts';
import { objectOut } from '../data/render.ts';
import type { Limetype } from '../data/schema.ts';
import type { Row } from '../data/store.ts';
import { emptyValues, written } from '../data/values.ts';
import { notFound } from '../http/errors.ts';
import { json, noContent, type Reply } from '../http/reply.ts';
import type { Route } from '../http/router.ts';
import { collectionOf, embedsOf } from './lists.ts';
import { idOf, jsonBody, type LimeRequest, parsed, renderingFor } from './request.ts';

const Body = z.record(z.string(), z.unknown());

type Param = (name: string) => string;

function create(request: LimeRequest, param: Param): Reply {
  const { tenant, effects } = request;
  const limetype = limetypeOf(tenant.schema, param('limetype'));
  const values = written(limetype, emptyValues(limetype), bodyOf(request, limetype), tenant.references);
  const row = tenant.store.insert(limetype.name, values);
  if (effects.duplicate) tenant.store.insert(limetype.name, values);
  return json(201, objectOut(renderingFor(request), limetype, row));
}

/** The sent values, changed by the rewrite faults. */
function bodyOf(request: LimeRequest, limetype: Limetype): Record<string, unknown> {
  const rewrites = request.effects.rewrites.filter(({ property }) => limetype.properties.has(property));
  return {
    ...parsed(Body, jsonBody(request)),
    ...Object.fromEntries(rewrites.map(({ property, value }) => [property, value])),
  };
}

/** A partial update: properties that are not sent stay as they are. */
function update(request: LimeRequest, param: Param): Reply {
  const { tenant } = request;
  const { limetype, row } = target(request, param);
  tenant.store.update(limetype.name, row, written(limetype, row.values, bodyOf(request, limetype), tenant.references));
  return json(200, objectOut(renderingFor(request), limetype, row));
}

function target({ tenant }: LimeRequest, param: Param): { limetype: Limetype; row: Row } {
  const limetype = limetypeOf(tenant.schema, param('limetype'));
  const row = tenant.store.find(limetype.name, idOf(param('id')));
  if (row === undefined) throw notFound();
  return { limetype, row };
}

function remove(request: LimeRequest, param: Param): Reply {
  const { limetype, row } = target(request, param);
  request.tenant.store.remove(limetype, row.id);
  return noContent;
}

function list(request: LimeRequest, param: Param): Reply {
  const limetype = limetypeOf(request.tenant.schema, param('limetype'));
  return json(200, collectionOf(request, limetype, `/api/v1/limeobject/${limetype.name}/`));
}

function read(request: LimeRequest, param: Param): Reply {
  const { limetype, row } = target(request, param);
  return json(200, objectOut(renderingFor(request), limetype, row, embedsOf(limetype, request.search)));
}

/** The list of a hasmany, or the limeobject of a belongsto, whose form in Lime is unknown. */
function related(request: LimeRequest, param: Param): Reply {
  const { tenant } = request;
  const { limetype, row } = target(request, param);
  const name = param('relation');
  const { relation, through } = limetype.properties.get(name) ?? {};
  if (relation !== undefined && through !== undefined) {
    const path = `/api/v1/limeobject/${limetype.name}/${row.id}/${name}/`;
    return json(
      200,
      collectionOf(request, limetypeOf(tenant.schema, relation), path, { property: through, id: row.id }),
    );
  }
  const other = relatedLimetype(tenant.schema, limetype, name);
  const id = row.values[name];
  const otherRow = other && typeof id === 'number' ? tenant.store.find(other.name, id) : undefined;
  if (other === undefined || otherRow === undefined) throw notFound();
  return json(200, objectOut(renderingFor(request), other, otherRow));
}

export const limeobjectRoutes: readonly Route<LimeRequest, Reply>[] = [
  { method: 'GET', path: '/api/v1/limeobject/:limetype/', handle: list },
  { method: 'POST', path: '/api/v1/limeobject/:limetype/', handle: create },
  { method: 'GET', path: '/api/v1/limeobject/:limetype/:id/', handle: read },
  { method: 'PUT', path: '/api/v1/limeobject/:limetype/:id/', handle: update },
  { method: 'DELETE', path: '/api/v1/limeobject/:limetype/:id/', handle: remove },
  { method: 'GET', path: '/api/v1/limeobject/:limetype/:id/:relation/', handle: related },
];
