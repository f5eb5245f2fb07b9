import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toDraft } from '../../../../shared/mapping/draft.ts';
import { type Found, relationValues } from '../../../../shared/mapping/plan/found.ts';
import { toPlan } from '../../../../shared/mapping/plan/plan.ts';
import type { Match } from '../../../../shared/mapping/search.ts';
import { toNotes } from '../../../../shared/notes/note.ts';
import { Conversation } from '../../../../shared/userlike/conversation.ts';
import { anyConversation } from '../../../support/any-conversations.ts';
import { coreMetadata, defaultSettings } from '../../../support/mapping/builders.ts';

const none: Match = { kind: 'none' };
const one: Match = { kind: 'one', id: 1011 };
const several: Match = {
  kind: 'several',
  found: [
    { id: 1011, name: 'Erika Beispiel' },
    { id: 1012, name: '' },
  ],
};
const all = { person: 'contactperson', company: 'client', coworker: 'responsible' };

describe('the relations', () => {
  it.each<{ title: string; found: Found; values: Record<string, number> }>([
    { title: 'nothing', found: { person: none, company: none, coworker: none }, values: {} },
    { title: 'a person', found: { person: one, company: none, coworker: none }, values: { contactperson: 1011 } },
    {
      title: 'a person, a company and a coworker',
      found: { person: one, company: { kind: 'one', id: 1014 }, coworker: { kind: 'one', id: 1001 } },
      values: { contactperson: 1011, client: 1014, responsible: 1001 },
    },
    {
      title: 'several, of whom none is linked',
      found: { person: several, company: several, coworker: several },
      values: {},
    },
  ])('are written for $title', ({ found, values }) => {
    expect(relationValues(all, found)).toStrictEqual(values);
  });

  it('are written only where the limetype has them', () => {
    const found: Found = { person: one, company: { kind: 'one', id: 1014 }, coworker: one };
    expect(relationValues({}, found)).toEqual({});
    expect(relationValues({ company: 'client' }, found)).toEqual({ client: 1014 });
  });
});

describe('any conversation', () => {
  it('has a plan, by the default settings, that JSON carries and that fits Lime Core', () => {
    fc.assert(
      fc.property(anyConversation, (json) => {
        const conversation = Conversation.parse(json);
        const plan = toPlan(conversation, defaultSettings, coreMetadata, '2024-02-22T16:00:00Z');
        expect(JSON.parse(JSON.stringify(plan))).toStrictEqual(plan);
        for (const [limetype, values] of [
          ['helpdesk', plan.create],
          ['history', plan.history.values],
        ] as const) {
          for (const [name, value] of Object.entries(values)) {
            const length = coreMetadata.get(limetype)?.properties.get(name)?.length ?? Number.POSITIVE_INFINITY;
            expect(String(value).length).toBeLessThanOrEqual(length);
            expect(String(value).isWellFormed()).toBe(true);
          }
        }
        const { entries } = toDraft(conversation, defaultSettings);
        const { head, history } = plan;
        for (const { text } of toNotes({
          conversation: plan.conversation,
          head,
          entries,
          continued: false,
          length: history.length,
        })) {
          expect(text.length).toBeLessThanOrEqual(4_000);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('has the same fingerprint and plan each time', () => {
    fc.assert(
      fc.property(anyConversation, (json) => {
        const drafts = [1, 2].map(() => toDraft(Conversation.parse(structuredClone(json)), defaultSettings));
        expect(drafts[0]?.fingerprint).toBe(drafts[1]?.fingerprint);
        expect(drafts[0]?.fingerprint).toMatch(/^[\w-]{43}$/);
      }),
      { numRuns: 50 },
    );
  });
});
