import { distance } from 'fastest-levenshtein';

/**
 * The name that was most likely suggestion: the one with the fewest changed characters.
 * @param most how many, else two or a third of the name: what differs more means something else
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
  // As many changes as characters are no likeness at all.
  const isAlike =
    best !== undefined && best.changes <= most && best.changes < Math.max(name.length, best.candidate.length);
  return isAlike ? best?.candidate : undefined;
}
