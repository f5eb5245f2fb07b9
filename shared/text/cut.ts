const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * Where to cut a text that has more than `room` UTF-16 units: anywhere but inside of what a reader takes for one
 * character (unless that alone fills the second half).
 */
export function characterBefore(text: string, room: number): number {
  return characterAt(text, room, room / 2);
}

/** The same, but behind the last blank or line break where there is one in the second half. */
export function cutBefore(text: string, room: number): number {
  const blank = Math.max(text.lastIndexOf(' ', room - 1), text.lastIndexOf('\n', room - 1));
  return characterAt(text, blank >= room / 2 ? blank + 1 : room, room / 2);
}

function characterAt(text: string, wanted: number, least: number): number {
  // The code point behind the cut is enough to tell whether one character goes on over it.
  const character = graphemes.segment(text.slice(0, wanted + 2)).containing(wanted)?.index ?? wanted;
  if (character >= least) return character;
  const lead = text.charCodeAt(wanted - 1);
  return lead >= 0xd800 && lead <= 0xdbff ? wanted - 1 : wanted;
}

/** The text, or as much of it as `room` takes, with an ellipsis. */
export function shorten(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, cutBefore(text, room - 1)).trimEnd()}…`;
}
