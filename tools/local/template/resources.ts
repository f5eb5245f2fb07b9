import type * as z from 'zod';
import { IGNORED_PROPERTIES, IGNORED_TYPES } from './ignored.ts';
import type { Resolve } from './intrinsics.ts';
import { isKnownType, type KnownType, type Properties, schemas } from './schemas.ts';
import type { Template } from './template.ts';
import { UnsupportedTemplateError } from './unsupported.ts';

/** A resource of a known type. Its properties still contain intrinsic functions. */
export type KnownResource = { id: string; type: KnownType; properties: Record<string, unknown> };

/** A resource with resolved properties. */
export type Resolved<T extends KnownType> = { id: string; properties: Properties<T> };

/**
 * The resources to run, without those that have no local meaning.
 * @throws UnsupportedTemplateError with every unknown resource type and property
 */
export function readResources(template: Template): KnownResource[] {
  const problems: string[] = [];
  const known: KnownResource[] = [];
  for (const [id, { Type: type, Properties: all }] of Object.entries(template.Resources)) {
    if (IGNORED_TYPES.has(type)) continue;
    if (!isKnownType(type)) {
      problems.push(`${id}: resource type ${type} is not known to the local run`);
      continue;
    }
    const ignored = IGNORED_PROPERTIES[type] ?? {};
    const properties = Object.fromEntries(Object.entries(all).filter(([name]) => !Object.hasOwn(ignored, name)));
    for (const name of Object.keys(properties)) {
      if (!Object.hasOwn(schemas[type].shape, name)) {
        problems.push(`${id}.${name}: property of ${type} is not known to the local run`);
      }
    }
    known.push({ id, type, properties });
  }
  if (problems.length > 0) throw new UnsupportedTemplateError(problems);
  return known;
}

const byType: { [T in KnownType]: z.ZodType<Properties<T>> } = schemas;

/** The resolved resources of one type. @throws UnsupportedTemplateError with every unknown value */
export function resolveAll<T extends KnownType>(type: T, resources: KnownResource[], resolve: Resolve): Resolved<T>[] {
  return resources.flatMap((resource) => {
    if (resource.type !== type) return [];
    const parsed = byType[type].safeParse(resolve(resource.properties, resource.id));
    if (!parsed.success) {
      throw new UnsupportedTemplateError(
        parsed.error.issues.map((issue) => `${[resource.id, ...issue.path].join('.')}: ${issue.message}`),
      );
    }
    return [{ id: resource.id, properties: parsed.data }];
  });
}
