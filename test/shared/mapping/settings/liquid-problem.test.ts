import { describe, expect, it } from '@jest/globals';
import { createLiquid } from '../../../../shared/mapping/liquid.ts';
import { liquidProblem } from '../../../../shared/mapping/settings/liquid-problem.ts';

const liquid = createLiquid({ strictFilters: true });

describe('a template that cannot be parsed is told in plain words', () => {
  it.each([
    { template: '{{ contact.name', problem: 'has {{ without }}, or a quotation mark without its end' },
    { template: '{{ a | default: "x }}', problem: 'has {{ without }}, or a quotation mark without its end' },
    { template: '{{ a | trunc: 3 }}', problem: 'has an unknown filter trunc; did you mean truncate?' },
    { template: '{{ a | defualt: 3 }}', problem: 'has an unknown filter defualt; did you mean default?' },
    { template: '{{ a | translate }}', problem: expect.stringMatching(/^has an unknown filter translate/) },
    { template: '{% if a %}x', problem: 'has {% if %} without {% endif %}' },
    { template: '{% endfor %}', problem: 'has {% endfor %} without {% for %}' },
    { template: '{% iff a %}x{% endif %}', problem: 'has an unknown tag iff; did you mean if?' },
    { template: 'x {% if a', problem: 'has {% without %}' },
    { template: '{{ }}', problem: 'has {{ }} or a condition without a value' },
    {
      template: '{% if a = 1 %}x{% endif %}',
      problem: 'has a value that cannot be read; a comparison is ==, a filter begins with |',
    },
    { template: '{{ a | default "x" }}', problem: 'has a filter whose value needs a colon: {{ name | default: "x" }}' },
    { template: '{% assign x %}', problem: 'has {% assign %} without =' },
    { template: '{% include "other" %}', problem: 'reads another file, and there are none' },
    { template: '{% if a %}{% render "other" %}{% endif %}', problem: 'reads another file, and there are none' },
    { template: '{% for x on y %}{% endfor %}', problem: 'is not a Liquid template that can be parsed' },
    { template: '{{ contact.name }}', problem: undefined },
  ])('$template', ({ template, problem }) => {
    expect(liquidProblem(liquid, template)).toEqual(problem);
  });
});
