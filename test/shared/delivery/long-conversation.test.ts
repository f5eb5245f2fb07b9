import { afterEach, describe, expect, it } from '@jest/globals';
import { aConversation, aMessage, anOperator } from '../../support/conversations.ts';
import { coreMetadata, defaultSettings } from '../../support/mapping/builders.ts';
import { type SandboxMapper, startSandboxMapper } from '../../support/sandbox-mapper.ts';

let mapper: SandboxMapper;
afterEach(async () => mapper.sandbox.close());

const bodies = Array.from(
  { length: 260 },
  (_, index) => `Message ${index} says ${'something, '.repeat(index % 23)}done.`,
);
const conversation = aConversation({
  contact: null,
  transcript: bodies.map((body, index) =>
    aMessage({ id: `63741936.1.${1_000 + index}`, body, ...(index % 3 === 0 && anOperator) }),
  ),
});

describe('a conversation of 260 messages, on notes of 4,000 characters', () => {
  it('is in Lime whole and in order, and each note says its number and how many there are', async () => {
    expect(coreMetadata.get('history')?.properties.get('note')?.length).toBe(4_000);
    mapper = await startSandboxMapper(defaultSettings);
    expect(await mapper.send([conversation])).toBe(0);
    const notes = mapper.sandbox.objects('history').flatMap(({ note }) => {
      const text = String(note);
      return text.startsWith('Userlike conversation 63741936') ? [text] : [];
    });
    expect(notes.length).toBeGreaterThan(5);
    const number = /^Userlike conversation 63741936 \((\d+)\/(\d+)\) /;
    expect(notes.map((note) => number.exec(note)?.slice(1).map(Number))).toEqual(
      notes.map((_, index) => [index + 1, notes.length]),
    );
    const whole = notes.join('\n');
    let at = -1;
    for (const body of bodies) {
      const next = whole.indexOf(body, at + 1);
      expect({ body, found: next > at }).toEqual({ body, found: true });
      at = next;
    }
    for (const note of notes) expect(note.length).toBeLessThanOrEqual(4_000);
  });
});
