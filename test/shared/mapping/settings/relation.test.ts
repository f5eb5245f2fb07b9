import { describe, expect, it } from '@jest/globals';
import { Relations, searchesOf } from '../../../../shared/mapping/settings/relation.ts';

const rules = [{ path: 'contact.email', properties: ['email'], as: 'email' }];
const person = { property: 'person', limetype: 'person', rules };
const coworker = { property: 'coworker', limetype: 'coworker', rules };
const company = { property: 'company', limetype: 'company', rules };

function searchesIn(relations: unknown) {
  const parsed = Relations.parse(relations);
  return { parsed, searches: searchesOf(parsed) };
}

describe('the searches of relations', () => {
  it('are none where there are none', () => {
    expect(searchesOf({})).toEqual({});
  });

  it.each([{ person }, { coworker }, { company }, { person, company, coworker }])('are those of %j', (relations) => {
    const { parsed, searches } = searchesIn(relations);
    expect(searches).toEqual(parsed);
    expect(Object.keys(searches)).toEqual(Object.keys(relations));
  });

  it('do not look for a company that comes with its person', () => {
    const { searches } = searchesIn({ person, company: { property: 'company' } });
    expect(Object.keys(searches)).toEqual(['person']);
  });
});
