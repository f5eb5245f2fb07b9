import type { KnownObject } from '../../ledger/states.ts';
import { RelatedId } from '../../lime/wire.ts';
import type { Found } from '../../mapping/plan/found.ts';
import { type RelationName, relationNames } from '../../mapping/settings/relation.ts';

/** The properties of the limeobject that hold its relations. */
export type Relations = Partial<Record<RelationName, string>>;

/** Ids by property, null for no link. */
export type Links = Record<string, number | null>;

/** The ids that may have been written last, by property. There are several if a response got lost. */
export type WrittenLinks = NonNullable<KnownObject['links']>;

/** A relation that stays as it is in Lime, and the reason. */
export type KeptLink = { relation: RelationName; property: string; id: number | null; reason: 'by hand' | 'required' };

/** Person and company change or stay together, so that no person is linked next to another's company. */
const groups: readonly (readonly RelationName[])[] = [['person', 'company'], ['coworker']];

/**
 * The links to write so that the limeobject has those that are `wanted`. Links that were changed by hand in Lime stay.
 * So do links that Lime does not allow to be empty.
 */
export function changeLinks(options: {
  relations: Relations;
  wanted: Links;
  written: WrittenLinks;
  /** What Lime has. */
  there: Links;
  /** Properties that cannot be empty. */
  required: readonly string[];
}): { values: Links; kept: KeptLink[] } {
  const { relations, wanted, written, there, required } = options;
  const values: Links = {};
  const kept: KeptLink[] = [];
  for (const group of groups) {
    const differing = group.flatMap((relation) => {
      const property = relations[relation];
      if (property === undefined) return [];
      const [from, to] = [there[property] ?? null, wanted[property] ?? null];
      return from === to ? [] : [{ relation, property, from, to }];
    });
    const byHand = differing.some(({ property, from }) => !written[property]?.includes(from));
    const impossible = differing.some(({ property, to }) => to === null && required.includes(property));
    for (const { relation, property, from, to } of differing) {
      if (byHand || impossible) kept.push({ relation, property, id: from, reason: byHand ? 'by hand' : 'required' });
      else values[property] = to;
    }
  }
  return { values, kept };
}

/** The links to the matches. */
export function linksOf(relations: Relations, found: Found): Links {
  return byProperty(relations, (relation) => {
    const match = found[relation];
    return match.kind === 'one' ? match.id : null;
  });
}

/** The links that a limeobject has in Lime. */
export function linksIn(relations: Relations, limeobject: Record<string, unknown>): Links {
  return byProperty(relations, (_, property) => RelatedId.safeParse(limeobject[property]).data ?? null);
}

/**
 * The links that were written last, from the ledger. Undefined if unknown. A property that is new in the settings was
 * not written yet. An item without links is from a version that wrote all of its matches.
 */
export function writtenLinks(relations: Relations, { links, found }: KnownObject): WrittenLinks | undefined {
  if (links === undefined && found === undefined) return undefined;
  return byProperty(relations, (relation, property) =>
    links === undefined ? [found?.[relation] ?? null] : (links[property] ?? [null]),
  );
}

export function asWritten(links: Links): WrittenLinks {
  return Object.fromEntries(Object.entries(links).map(([property, id]) => [property, [id]]));
}

/** True if these links are certain to be those written last. */
export function isWritten(links: Links, written: WrittenLinks): boolean {
  return Object.entries(links).every(([property, id]) => written[property]?.every((one) => one === id));
}

function byProperty<T>(relations: Relations, of: (relation: RelationName, property: string) => T): Record<string, T> {
  return Object.fromEntries(
    relationNames.flatMap((relation) => {
      const property = relations[relation];
      return property === undefined ? [] : [[property, of(relation, property)]];
    }),
  );
}
