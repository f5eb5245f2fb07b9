import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { widgetsOf } from '../../../tools/dashboard/body.ts';
import { drawDashboard } from '../../../tools/dashboard/picture.ts';
import { Template } from '../../../tools/local/template/template.ts';
import { deployedTemplate } from '../../support/infra/deployed.ts';

const widgets = widgetsOf(Template.parse((await deployedTemplate()).toJSON()));
const picture = drawDashboard(widgets);

describe('the picture of the dashboard', () => {
  it('in the documentation is what `npm run dashboard-picture` draws', () => {
    expect(readFileSync(join(import.meta.dirname, '../../../docs/dashboard.svg'), 'utf8')).toBe(picture);
  });

  it('shows every widget with its title', () => {
    const titles = widgets.map(({ properties }) =>
      'title' in properties ? properties.title : properties.markdown.replace('## ', ''),
    );
    const written = picture.replaceAll('&amp;', '&').replaceAll('&quot;', '"');

    expect(titles.filter((title) => !written.includes(`>${title}<`))).toEqual([]);
  });
});
