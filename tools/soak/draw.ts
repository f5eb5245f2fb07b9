import { seededRandom } from '../../sandbox/control/random.ts';

/** Random draws that are the same for the same seed and purpose, independent of other draws from that seed. */
export type Draw = {
  /** True in this share of cases. */
  chance: (share: number) => boolean;
  /** A whole number between both ends, inclusive. */
  int: (least: number, most: number) => number;
  /** One of a list. @throws RangeError if the list is empty */
  pick: <T>(list: readonly T[]) => T;
  /** The list in another order. */
  shuffled: <T>(list: readonly T[]) => T[];
};

export function createDraw(seed: number, purpose: string): Draw {
  const random = seededRandom([...purpose].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), seed));
  const int = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
  return {
    chance: (share) => random() < share,
    int,
    pick: (list) => {
      const found = list.slice(int(0, list.length - 1)).at(0);
      if (found === undefined) throw new RangeError('nothing to pick from');
      return found;
    },
    shuffled: (list) =>
      list
        .map((value) => ({ value, place: random() }))
        .sort((one, other) => one.place - other.place)
        .map(({ value }) => value),
  };
}
