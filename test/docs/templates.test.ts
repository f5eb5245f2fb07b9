import { describe, expect, it } from '@jest/globals';
import { pathsIn } from '../../cli/check/sources/templates.ts';
import { fieldAt } from '../../cli/fields/catalogue.ts';
import { createLiquid } from '../../shared/mapping/liquid.ts';
import { readTitle } from '../../shared/mapping/plan/title.ts';
import { liquidProblem } from '../../shared/mapping/settings/liquid-problem.ts';
import { Conversation } from '../../shared/userlike/conversation.ts';
import { blocksOf, pages, readText } from './pages.ts';

const liquid = createLiquid({ strictFilters: true });

/** Templates in code spans of the documentation. A table escapes its bars. */
const spans = pages.flatMap((page) =>
  [...readText(page).matchAll(/`([^`\n…]*\{\{[^`\n…]*\}\}[^`\n…]*)`/g)].map(([, span = '']) => ({
    page,
    template: span.replaceAll('\\|', '|'),
  })),
);

describe('templates in the documentation', () => {
  it.each(spans)('in $page can be used: $template', ({ template }) => {
    expect(liquidProblem(liquid, template)).toBeUndefined();
    expect(pathsIn(template).filter((path) => fieldAt(path) === undefined)).toEqual([]);
  });

  it('give the title that the page shows', () => {
    const [template = ''] = blocksOf('docs/settings.md', 'text').filter((block) => block.startsWith('{% if'));
    const sample: unknown = JSON.parse(readText('samples/human-chat.json'));
    const conversation = Conversation.parse(sample);
    expect(readTitle({ template }, conversation, { timeZone: 'Europe/Stockholm' })).toBe(
      'Ada Example: My order A-1042 has not arrived. · #64100001',
    );
  });
});
