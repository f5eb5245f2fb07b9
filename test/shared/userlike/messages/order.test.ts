import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Message } from '../../../../shared/userlike/conversation.ts';
import { inOrder } from '../../../../shared/userlike/messages/order.ts';

/** Messages as `id second`, `-` where there is none. */
function parse(text: string): Message {
  const [id, second] = text.split(' ');
  return Message.parse({
    ...(id !== '-' && { id }),
    ...(second !== '-' && { sent_at: `2024-02-22T15:00:${second?.padStart(2, '0')}Z` }),
    body: text,
  });
}
function ordered(texts: readonly string[]) {
  return inOrder(texts.map(parse)).map(({ body }) => body);
}

describe('messages', () => {
  it.each([
    { title: 'by their time, whatever their part', texts: ['1.10.1 1', '1.11.2 2', '1.10.3 3'] },
    { title: 'by part and number where times are equal', texts: ['1.9.30 1', '1.10.2 1', '1.10.10 1', '2.1.1 1'] },
    { title: 'by plain numbers where times are equal', texts: ['9 1', '10 1', '11 1'] },
    { title: 'without a time behind the one before by id', texts: ['1.1.1 1', '1.1.2 -', '1.1.3 3', '1.1.4 -'] },
    { title: 'without a time before the next one where none is before', texts: ['1.1.1 -', '1.1.2 -', '1.1.3 3'] },
    { title: 'without a time beside their own part', texts: ['1.1.1 1', '1.2.1 -', '1.2.2 2', '1.1.3 9'] },
    { title: 'without a time in a part without any, behind the part before', texts: ['1.1.1 1', '1.2.1 -', '1.3.1 3'] },
    { title: 'with neither time nor number last', texts: ['1.1.1 1', '- 2', '- -'] },
    { title: 'with a number before those without at the same time', texts: ['1.1.1 1', '- 1', '1.1.2 2'] },
  ])('come $title', ({ texts }) => {
    for (const turn of texts.keys()) {
      const turned = [...texts.slice(turn), ...texts.slice(0, turn)];
      expect(ordered(turned)).toEqual(texts);
      expect(ordered(turned.toReversed())).toEqual(texts);
    }
  });

  it('with equal times and ids keep their order', () => {
    expect(ordered(['b 1', 'a 1', '- 1', 'c 1'])).toEqual(['b 1', 'a 1', '- 1', 'c 1']);
  });

  it('that come in many forms under one id are each processed once', () => {
    let written = 0;
    const counted = { toJSON: () => (written += 1) };
    const forms = Array.from({ length: 50 }, (_, n) => Object.assign(parse('1.1.1 1'), { body: `${n}`, counted }));
    expect(inOrder(forms)).toHaveLength(1);
    expect(written).toBe(forms.length);
  });

  it('have the same order however they arrive', () => {
    const time = fc.oneof(fc.nat(5).map(String), fc.constant('-'));
    const anId = fc.tuple(fc.nat(3), fc.nat(6)).map(([part, number]) => `1.${part}.${number}`);
    const texts = fc.uniqueArray(fc.tuple(anId, time), { selector: ([id]) => id, maxLength: 12 });
    fc.assert(
      fc.property(
        texts.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([one, other]) => {
          const join = (all: [string, string][]) => all.map((parts) => parts.join(' '));
          expect(ordered(join(other))).toEqual(ordered(join(one)));
          const times = ordered(join(one)).flatMap((text) => (text?.endsWith('-') ? [] : [text?.split(' ')[1]]));
          expect(times).toEqual(times.toSorted());
        },
      ),
    );
  });
});
