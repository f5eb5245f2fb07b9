import { distance } from 'fastest-levenshtein';

/**
 * The known name with the fewest changed characters.
 * @param most the most changes. By default two, or a third of the name
 */
export function nearest(
  name: string,
  known: Iterable<string>,
  most = Math.max(2, Math.ceil(name.length / 3)),
): string | undefined {
  let best: { candidate: string; changes: number } | undefined;
  for (const candidate of known) {
    const changes = distance(name.toLowerCase(), candidate.toLowerCase());
    if (changes < (best?.changes ?? Number.POSITIVE_INFINITY)) best = { candidate, changes };
  }
  // If every character differs, the names are not similar.
  const isAlike =
    best !== undefined && best.changes <= most && best.changes < Math.max(name.length, best.candidate.length);
  return isAlike ? best?.candidate : undefined;
}
