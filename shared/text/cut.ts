const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * The position at which to cut a text longer than `room` UTF-16 units without splitting a grapheme. A grapheme that fills the second
 * half is split.
 */
export function characterBefore(text: string, room: number): number {
  return characterAt(text, room, room / 2);
}

/** The same, but after the last blank or line break if there is one in the second half. */
export function cutBefore(text: string, room: number): number {
  const blank = Math.max(text.lastIndexOf(' ', room - 1), text.lastIndexOf('\n', room - 1));
  return characterAt(text, blank >= room / 2 ? blank + 1 : room, room / 2);
}

function characterAt(text: string, wanted: number, least: number): number {
  // One code point after the cut is enough to see whether a grapheme continues.
  const character = graphemes.segment(text.slice(0, wanted + 2)).containing(wanted)?.index ?? wanted;
  if (character >= least) return character;
  const lead = text.charCodeAt(wanted - 1);
  return lead >= 0xd800 && lead <= 0xdbff ? wanted - 1 : wanted;
}

/** The text, cut to `room` with an ellipsis if it is longer. */
export function shorten(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, cutBefore(text, room - 1)).trimEnd()}…`;
}
