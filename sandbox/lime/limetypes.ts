import { limetypeOf } from '../data/fields.ts';
import type { Limetype, Property } from '../data/schema.ts';
import { notFound, ValidationError } from '../http/errors.ts';
import { json, type Reply } from '../http/reply.ts';
import type { Route } from '../http/router.ts';
import type { LimeRequest } from './request.ts';

/** The length that Lime shows for texts without a limit, as public code shows. */
const UNLIMITED = 1_073_741_823;

/** Only the fields that Lime's own n8n node reads. It is unknown if Lime also returns labels and defaults. */
function propertyOut(base: string, { name, localname, type, required, length, options, relation }: Property): object {
  return {
    name,
    localname,
    type,
    required,
    ...(length === undefined ? {} : { length: length || UNLIMITED }),
    ...(options.length > 0 ? { options } : {}),
    _links: relation === undefined ? {} : { related_type: { href: limetypeUrl(base, relation), name: relation } },
  };
}

function limetypeUrl(base: string, name: string) {
  return `${base}/api/v1/limetype/${name}/`;
}

function limetypeOut(base: string, limetype: Limetype, withProperties: boolean): object {
  const { name, localname, label, properties } = limetype;
  const all = () => [...properties.values()].map((property) => propertyOut(base, property));
  return {
    name,
    localname,
    label,
    _links: { self: { href: limetypeUrl(base, name) } },
    ...(withProperties ? { _embedded: { properties: all() } } : {}),
  };
}

function embeds(search: URLSearchParams, known: string): boolean {
  const names = search.getAll('_embed');
  const other = names.find((name) => name !== known);
  if (other !== undefined) throw new ValidationError({ _embed: [`'${other}' cannot be embedded`] });
  return names.length > 0;
}

export const limetypeRoutes: readonly Route<LimeRequest, Reply>[] = [
  {
    method: 'GET',
    path: '/api/v1/limetype/',
    handle: ({ tenant, base, search }) => {
      const withProperties = embeds(search, 'limetypes.properties');
      const limetypes = [...tenant.schema.values()].map((limetype) => limetypeOut(base, limetype, withProperties));
      return json(200, { _links: { self: { href: `${base}/api/v1/limetype/` } }, _embedded: { limetypes } });
    },
  },
  {
    method: 'GET',
    path: '/api/v1/limetype/:limetype/',
    handle: ({ tenant, base, search }, param) => {
      const limetype = limetypeOf(tenant.schema, param('limetype'));
      return json(200, limetypeOut(base, limetype, embeds(search, 'properties')));
    },
  },
  {
    method: 'GET',
    path: '/api/v1/limetype/:limetype/:property/',
    handle: ({ tenant, base }, param) => {
      const property = limetypeOf(tenant.schema, param('limetype')).properties.get(param('property'));
      if (property === undefined) throw notFound('Property not found');
      return json(200, propertyOut(base, property));
    },
  },
];
