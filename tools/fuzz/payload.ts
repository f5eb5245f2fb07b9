import { readFileSync } from 'node:fs';
import type { Draw } from '../soak/draw.ts';
import { aDepth, aFlood, aHorror, anId } from './horrors.ts';
import { type Place, placeBelow, Raw, textOf } from './json.ts';

/** Userlike's documented example, from which every payload is made. */
const seed = readFileSync(new URL('../../test/fixtures/conversation.json', import.meta.url), 'utf8');

/** Places that are read rather than kept: half of the changes happen there. */
const read = ['id', 'organization_id', 'updated_at', 'contact', 'topics', 'transcript', 'notes'];

/** One change to a conversation. */
type Change = (draw: Draw, place: Place, conversation: Record<string, unknown>) => void;

const swap: Change = (draw, { set }) => set(aHorror(draw));

const changes: readonly Change[] = [
  swap,
  swap,
  (_draw, { remove }) => remove(),
  (draw, { set }) => set(aDepth(draw)),
  (draw, { set }) => set(aFlood(draw)),
  (draw, { get, set }) => set(draw.chance(0.5) ? [get()] : { value: get() }),
  (draw, { get, set }) => set(Array.from({ length: draw.int(2, 200) }, get)),
  (draw, _place, conversation) => Object.assign(conversation, { id: anId(draw) }),
  (draw, _place, conversation) => Object.assign(conversation, { organization_id: anId(draw) }),
  (draw, _place, conversation) => Object.assign(conversation, { [aFlood(draw).slice(0, 300)]: aHorror(draw) }),
  (draw, _place, conversation) =>
    Object.assign(conversation, {
      transcript: Array.from({ length: draw.pick([1, 20, 300, 19_999, 20_001]) }, (_, at) =>
        draw.chance(0.001) ? aHorror(draw) : { id: `${at}.1.1`, body: 'x', sender: { type: 'contact' } },
      ),
    }),
];

/** Changes to the text rather than to what it says. */
const textChanges: readonly ((draw: Draw, text: string) => string)[] = [
  (draw, text) => text.slice(0, draw.int(0, text.length)),
  (draw, text) => text + draw.pick([text, ',', '}', '\u0000', ' // comment', '\n\n', '\ufeff']),
  (draw, text) => draw.pick(['\ufeff', ' \t\r\n', ")]}',\n", '\u0000', 'callback(']) + text,
  (draw, text) => {
    const at = draw.int(0, text.length);
    return text.slice(0, at) + draw.pick(['"', '{', ']', '\\', '\u0007', '\ud800', ',']) + text.slice(at + 1);
  },
  (draw, text) => {
    const keys = [...text.slice(0, 20_000).matchAll(/"(?:id|transcript|contact|organization_id|body)":/g)];
    if (keys.length === 0) return text;
    const { 0: key, index } = draw.pick(keys);
    return `${text.slice(0, index)}${key}${textOf(aHorror(draw))},${text.slice(index)}`;
  },
];

/** The text of a call's body. */
export function aText(draw: Draw): string {
  const text = textOf(aCall(draw));
  return draw.chance(0.2) ? draw.pick(textChanges)(draw, text) : text;
}

/** The whole of a call: one conversation, several, or something that only looks like them. */
function aCall(draw: Draw): unknown {
  const several = (): unknown[] =>
    Array.from({ length: draw.int(0, 12) }, () => (draw.chance(0.2) ? aConversation(draw) : small(draw)));
  const kind = draw.int(0, 19);
  if (kind < 11) return aConversation(draw);
  if (kind < 13) return several();
  if (kind < 15) return { conversations: several() };
  if (kind < 16) return { _type: draw.pick(['operator', 'um_widget', '__proto__']), _event: 'online', id: 1 };
  if (kind < 17) return { conversations: aHorror(draw), id: draw.chance(0.5) ? 1 : undefined };
  if (kind < 18) return Array.from({ length: draw.pick([100, 1_000, 10_001]) }, (_, id) => ({ id }));
  return draw.chance(0.5) ? aHorror(draw) : aDepth(draw);
}

/** A conversation with so many changes; some are still good ones. */
function aConversation(draw: Draw): unknown {
  const conversation: Record<string, unknown> = { ...JSON.parse(seed) };
  for (let left = draw.pick([0, 1, 1, 1, 2, 3, 8]); left > 0; left -= 1) {
    const place = placeBelow(draw, conversation, draw.chance(0.5) ? read : Object.keys(conversation));
    if (place !== undefined) draw.pick(changes)(draw, place, conversation);
  }
  return conversation;
}

function small(draw: Draw): unknown {
  const kind = draw.int(0, 3);
  if (kind === 0) return aHorror(draw);
  return { id: anId(draw), ...(kind === 1 && { _type: draw.pick(['conversation', 'operator', 'chat_session', '']) }) };
}

/** The documented example as it is. */
export function aGoodText(): string {
  return textOf(new Raw(seed));
}
