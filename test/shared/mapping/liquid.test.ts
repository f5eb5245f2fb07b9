import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createLiquid } from '../../../shared/mapping/liquid.ts';

const liquid = createLiquid();
function render(template: string, value: unknown) {
  return liquid.parseAndRenderSync(template, { value });
}

it.each([
  { template: '{{ value | truncate: 8 }}', value: 'Ada', text: 'Ada' },
  { template: '{{ value | truncate: 8 }}', value: 'Ada Example', text: 'Ada E...' },
  { template: '{{ value | truncate: 8, "…" }}', value: 'Ada Example', text: 'Ada Exa…' },
  { template: '{{ value | truncate: 8, "" }}', value: 'Ada Example', text: 'Ada Exam' },
  { template: '{{ value | truncate: 2 }}', value: 'Ada Example', text: 'Ad' },
  { template: '{{ value | truncate: 8 }}', value: '𝓐𝓭𝓪 𝓔𝔁', text: '𝓐𝓭...' },
  { template: '{{ value | truncate: 9, "" }}', value: '🇸🇪🇸🇪🇸🇪', text: '🇸🇪🇸🇪' },
  { template: '{{ value | truncate }}', value: 'x'.repeat(51), text: `${'x'.repeat(47)}...` },
  { template: '{{ value | truncate: 8 }}', value: 123456789, text: '12345...' },
  { template: '{{ value | truncate: 8 }}', value: null, text: '' },
  { template: '{{ value | slice: 0, 3 }}', value: 'Ada Example', text: 'Ada' },
  { template: '{{ value | slice: -4, 3 }}', value: 'Ada Example', text: 'mpl' },
  { template: '{{ value | slice: 1 }}', value: 'Ada', text: 'd' },
  { template: '{{ value | slice: 0 }}', value: '𝓐𝓭𝓪', text: '𝓐' },
  { template: '{{ value | slice: 1, 3 }}', value: '𝓐𝓭𝓪', text: '𝓭' },
  { template: '{{ value | slice: -9, 3 }}', value: 'Ada', text: '' },
  { template: '{{ value | slice: 1, 2 | join: "-" }}', value: ['a', 'b', 'c'], text: 'b-c' },
])('$template of $value is "$text"', ({ template, value, text }) => {
  expect(render(template, value)).toBe(text);
});

it('what is truncated fits, in the units that Lime counts, and holds no half character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (value, most) => {
      for (const filter of [`truncate: ${most}`, `slice: 0, ${most}`]) {
        const text = render(`{{ value | ${filter} }}`, value);
        expect(text.length).toBeLessThanOrEqual(most);
        expect(text.isWellFormed()).toBe(true);
      }
    }),
  );
});

describe('filters that calculate', () => {
  it.each([
    { template: '{{ "12,5" | times: 2 }}', text: '25' },
    { template: '{{ "1,5" | plus: "0,25" }}', text: '1.75' },
    { template: '{{ "7,5" | round }}', text: '8' },
    { template: '{{ "12.5" | divided_by: 2 }}', text: '6.25' },
    { template: '{{ 3 | minus: 1 }}', text: '2' },
  ])('read a decimal comma as properties of a number do: $template', ({ template, text }) => {
    expect(createLiquid().parseAndRenderSync(template)).toBe(text);
  });
});
