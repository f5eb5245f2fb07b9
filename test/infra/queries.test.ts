import { describe, expect, it } from '@jest/globals';
import { deployedTemplate } from '../support/infra/deployed.ts';
import { resource } from '../support/infra/resource.ts';

const template = await deployedTemplate();
const queries = Object.values(template.findResources('AWS::Logs::QueryDefinition')).map(({ Properties }) => Properties);
function logs(name: string) {
  return { Ref: resource(template, 'AWS::Logs::LogGroup', `${name}Logs`).id };
}

describe('saved queries', () => {
  it('stand under the name of the stack, so that stages do not mix', () => {
    expect(queries.map(({ Name }) => Name).toSorted()).toEqual([
      "Tested/A conversation's life (put its id in)",
      'Tested/The slowest calls, until the last conversation was in Lime',
      'Tested/What became of conversations, by organization',
      'Tested/What failed last',
    ]);
  });

  it.each([
    { part: 'life', functions: ['Intake', 'Mapper', 'Link'] },
    { part: 'failed', functions: ['Intake', 'Mapper', 'Link'] },
    { part: 'slowest', functions: ['Intake', 'Mapper'] },
    { part: 'organization', functions: ['Mapper'] },
  ])('of $part look where such lines are', ({ part, functions }) => {
    const query = queries.find(({ Name }) => Name.includes(part));

    expect(query?.LogGroupNames).toEqual(functions.map(logs));
  });

  it('ask for messages and fields that the functions log', () => {
    const text = queries.map(({ QueryString }) => QueryString).join('\n');
    const messages = [...text.matchAll(/message (?:=|in) (\[[^\]]+\]|'[^']+')/g)].flatMap(([, list = '']) =>
      [...list.matchAll(/'([^']+)'/g)].map(([, message]) => message),
    );

    expect(new Set(messages)).toEqual(
      new Set(['retrying', 'lime cannot be asked', 'call accepted', 'delivered', 'skipped', 'parked']),
    );
  });
});
