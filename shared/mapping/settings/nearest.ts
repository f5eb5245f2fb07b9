import { distance } from 'fastest-levenshtein';

/** The name that was most likely meant: the one with the fewest changed characters, at most a third of them. */
export const nearest = (name: string, known: Iterable<string>): string | undefined => {
  let best: { candidate: string; changes: number } | undefined;
  for (const candidate of known) {
    const changes = distance(name.toLowerCase(), candidate.toLowerCase());
    if (changes < (best?.changes ?? Number.POSITIVE_INFINITY)) best = { candidate, changes };
  }
  const most = Math.max(2, Math.ceil(name.length / 3));
  return best !== undefined && best.changes <= Math.min(most, best.candidate.length - 1) ? best.candidate : undefined;
};
