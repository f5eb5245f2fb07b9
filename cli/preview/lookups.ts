import type { Draft } from '../../shared/mapping/draft.ts';
import type { Found } from '../../shared/mapping/plan/found.ts';
import { type RelationName, relationNames } from '../../shared/mapping/settings/relation.ts';
import type { Created, Recorder } from './recorder.ts';

/** A look-up and what it found. If it found several, none is linked. */
export type DryLookup = {
  relation: RelationName;
  by: { path: string; as: string; value: string }[];
  found: (number | Created)[];
  linked: boolean;
};

export function lookupsOf({ searches }: Draft, found: Found | undefined, { idOf }: Recorder): DryLookup[] {
  return (found === undefined ? [] : relationNames).flatMap((relation) => {
    const by = (searches[relation] ?? []).map(({ rule, normal }) => ({ path: rule.path, as: rule.as, value: normal }));
    const match = found?.[relation] ?? { kind: 'none' };
    if (by.length === 0 && match.kind === 'none') return [];
    const ids = match.kind === 'one' ? [match.id] : match.kind === 'several' ? match.found.map(({ id }) => id) : [];
    return [{ relation, by, found: ids.map(idOf), linked: match.kind === 'one' }];
  });
}
