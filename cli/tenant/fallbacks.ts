import { findMatches } from '../../shared/delivery/relations/lookup.ts';
import type { Lime } from '../../shared/lime/lime.ts';
import type { Metadata } from '../../shared/lime/wire.ts';
import { termOf } from '../../shared/mapping/search.ts';
import { valuesOf } from '../../shared/mapping/settings/fallback.ts';
import type { Settings } from '../../shared/mapping/settings/settings.ts';

/** A value of a fallback that finds no coworker, and the reason. */
export type UnmatchedFallback = { path: string; rule: string };

/** Values of `relations.coworker.fallback` that are not those of exactly one active coworker of the tenant. */
export async function unmatchedFallbacks(
  lime: Lime,
  settings: Settings,
  metadata: Metadata,
): Promise<UnmatchedFallback[]> {
  const found: UnmatchedFallback[] = [];
  for (const [instance, { relations }] of settings.instances.entries()) {
    const { coworker } = relations;
    const [rule] = coworker?.rules ?? [];
    if (coworker?.fallback === undefined || rule === undefined || !metadata.has(coworker.limetype)) continue;
    const values = coworker.fallback.flatMap((fallback, index) =>
      valuesOf(fallback).map((value) => ({ value, term: termOf(rule, value, settings), index })),
    );
    const searches = values.map(({ term }) => (term === undefined ? [] : [term]));
    const relation = { ...coworker, rules: [rule] };
    const matches = await findMatches(lime, { relation, searches, metadata, country: settings.country });
    for (const [at, { value, term, index }] of values.entries()) {
      const kind = matches[at]?.kind;
      if (kind === 'one') continue;
      const none =
        kind === 'several' ? 'several coworkers have it, so that none is linked' : 'no active coworker has it';
      const why = term === undefined ? `cannot be searched as ${rule.as}` : none;
      found.push({ path: `instances.${instance}.relations.coworker.fallback.${index}`, rule: `${value}: ${why}` });
    }
  }
  return found;
}
