import { describe, expect, it } from '@jest/globals';
import { MappingError } from '../../../shared/errors.ts';
import { toDraft, toDrafts } from '../../../shared/mapping/draft.ts';
import { anInstance, conversationOf, settingsOf } from '../../support/mapping/builders.ts';

describe('the instance of a conversation', () => {
  const instances = [
    anInstance({ name: 'Deals', limetype: 'deal', topics: ['Sales', ' Käufe '] }),
    anInstance({ name: 'Rest' }),
    anInstance({ name: 'Returns', topics: ['Returns'] }),
  ];
  const chosen = (topics: unknown, all = instances) =>
    toDraft(conversationOf({ topics }), settingsOf({ instances: all })).instance.name;

  it.each([
    { title: 'its topic', topics: [{ text: 'Sales' }], name: 'Deals' },
    { title: 'its topic in another case', topics: [{ text: ' sALES ' }], name: 'Deals' },
    { title: 'its topic beyond ASCII', topics: [{ text: 'KÄUFE' }], name: 'Deals' },
    { title: 'any of its topics', topics: [{ text: 'Weather' }, null, { text: 'returns' }], name: 'Returns' },
    { title: 'a topic given as text', topics: ['Returns'], name: 'Returns' },
    {
      title: 'the first in the settings, of two topics',
      topics: [{ text: 'Returns' }, { text: 'Sales' }],
      name: 'Deals',
    },
    { title: 'the fallback for another topic', topics: [{ text: 'Sale' }], name: 'Rest' },
    { title: 'the fallback for no topic', topics: [], name: 'Rest' },
    { title: 'the fallback for null', topics: null, name: 'Rest' },
  ])('is chosen by $title', ({ topics, name }) => {
    expect(chosen(topics)).toBe(name);
  });

  it.each([
    { title: 'the main one alone', topics: ['Weather'], names: ['Rest'] },
    { title: 'an additional one that takes its topic', topics: ['Returns'], names: ['Returns', 'Returned goods'] },
    {
      title: 'an additional one of another topic',
      topics: ['Sales', 'complaints'],
      names: ['Deals', 'Returned goods'],
    },
  ])('is joined by $title', ({ topics, names }) => {
    const additional = anInstance({
      name: 'Returned goods',
      limetype: 'todo',
      topics: ['Returns', 'Complaints'],
      additional: true,
    });
    const drafts = toDrafts(conversationOf({ topics }), settingsOf({ instances: [additional, ...instances] }));
    expect(drafts.map(({ instance }) => instance.name)).toEqual(names);
  });

  it('is joined by an additional one for every conversation', () => {
    const additional = anInstance({ name: 'All', limetype: 'todo', additional: true });
    for (const topics of [['Sales'], ['Weather'], null]) {
      const drafts = toDrafts(conversationOf({ topics }), settingsOf({ instances: [...instances, additional] }));
      expect(drafts.map(({ instance }) => instance.name)).toEqual([topics?.[0] === 'Sales' ? 'Deals' : 'Rest', 'All']);
    }
  });

  it('is none without a topic and without a fallback', () => {
    const only = instances.slice(0, 1);
    expect(chosen([{ text: 'Sales' }], only)).toBe('Deals');
    expect(() => chosen([{ text: 'Weather' }], only)).toThrow(MappingError);
    expect(() => chosen([], only)).toThrow('no instance takes a topic of this conversation, and there is no fallback');
  });
});
