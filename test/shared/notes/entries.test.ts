import { describe, expect, it } from '@jest/globals';
import { MappingError } from '../../../shared/errors.ts';
import { languageOf, noteOptionsOf } from '../../../shared/mapping/note-options.ts';
import { entriesOf } from '../../../shared/notes/entries.ts';
import { aMessage, anOperator } from '../../support/conversations.ts';
import { anInstance, conversationOf, settingsOf } from '../../support/mapping/builders.ts';

function entriesIn(overrides: Record<string, unknown>, history: Record<string, unknown> = {}) {
  const settings = settingsOf({ instances: [anInstance({ history: { relation: 'helpdesk', ...history } })] });
  const [instance] = settings.instances;
  return instance === undefined ? [] : entriesOf(conversationOf(overrides), noteOptionsOf(instance, settings));
}

function textsIn(overrides: Record<string, unknown>, history: Record<string, unknown> = {}) {
  return entriesIn({ transcript: [], ...overrides }, history).map(({ text }) => text);
}

function digestsIn(overrides: Record<string, unknown>) {
  return entriesIn(overrides).map(({ digest }) => digest);
}

const everything = {
  notes: ['Call back'],
  feedback_message: 'Great',
  rate: 5,
  post_survey_option: 'Solved',
  pre_survey_option: 'Billing',
};

describe('the entries of a conversation', () => {
  it('are its messages in order, then surveys, rating, feedback and internal notes', () => {
    expect(
      textsIn({
        transcript: [aMessage({ id: '1.1.2', ...anOperator, body: 'Hello' }), aMessage({ id: '1.1.1', body: 'Hi' })],
        ...everything,
      }),
    ).toEqual([
      '[2024-02-22 16:49:07] Contact Erika Beispiel: Hi',
      '[2024-02-22 16:49:07] Peter Testman: Hello',
      'Survey before the chat: Billing',
      'Survey after the chat: Solved',
      'Rating: 5',
      'Feedback: Great',
      'Internal note: Call back',
    ]);
  });

  it('hold notifications only where the settings say so', () => {
    const transcript = [aMessage({ type: 'notification', body: 'Status changed', sender: { type: 'system' } })];
    expect(textsIn({ transcript })).toEqual([]);
    expect(textsIn({ transcript }, { includeNotifications: true })).toHaveLength(1);
  });

  it.each([
    { title: 'rated zero', overrides: { rate: 0 }, texts: ['Rating: 0'] },
    { title: 'without anything', overrides: { rate: null, feedback_message: ' ', notes: null }, texts: [] },
    { title: 'rated with a yes', overrides: { rate: true }, texts: ['Rating: true'] },
    { title: 'rated out of five', overrides: { rate: { value: 2, max: 5 } }, texts: ['Rating: 2/5'] },
    {
      title: 'with a survey of objects',
      overrides: {
        pre_survey_option: { id: 3, text: 'I want to cancel' },
        post_survey_option: { id: 9, name: 'Solved' },
      },
      texts: ['Survey before the chat: I want to cancel', 'Survey after the chat: Solved'],
    },
    {
      title: 'with a survey of questions',
      overrides: {
        post_survey_option: [
          { question: 'Helpful?', answer: 'Yes' },
          { question: 'Why?', answer: ['Fast', 'Kind'] },
        ],
      },
      texts: ['Survey after the chat: Helpful? Yes; Why? Fast, Kind'],
    },
    {
      title: 'with a survey of an unknown form',
      overrides: { post_survey_option: { mood: 'good', wait_time: { minutes: 3 }, id: 5, updated_at: 'x' } },
      texts: ['Survey after the chat: mood: good'],
    },
    { title: 'with feedback in a list', overrides: { feedback_message: ['Too slow'] }, texts: ['Feedback: Too slow'] },
    { title: 'with notes that are no list', overrides: { notes: 'x' }, texts: ['Internal note: x'] },
    { title: 'with one note that is no list', overrides: { notes: { body: 'x' } }, texts: ['Internal note: x'] },
    {
      title: 'with a note and its author',
      overrides: { notes: [{ id: 1, content: 'Call back', operator_name: 'Olga' }] },
      texts: ['Internal note: Call back (Olga)'],
    },
    {
      title: 'with a note of another form',
      overrides: { notes: [{ due: 'Friday' }] },
      texts: ['Internal note: due: Friday'],
    },
    {
      title: 'with a number for a note',
      overrides: { notes: [5, { body: 6 }] },
      texts: ['Internal note: 5', 'Internal note: 6'],
    },
    { title: 'with a note that was deleted', overrides: { notes: [{ text: 'a', is_deleted: 1 }] }, texts: [] },
    { title: 'with a note as body', overrides: { notes: [{ body: 'a' }] }, texts: ['Internal note: a'] },
    { title: 'with a note as text', overrides: { notes: [{ id: 1, text: 'a' }] }, texts: ['Internal note: a'] },
    { title: 'with a note as note', overrides: { notes: [{ note: 'a' }] }, texts: ['Internal note: a'] },
    { title: 'with a note as message', overrides: { notes: [{ message: 'a' }] }, texts: ['Internal note: a'] },
    { title: 'with notes that say nothing', overrides: { notes: [null, '', ' ', {}, [], { body: null }] }, texts: [] },
  ])('are as many as it has: $title', ({ overrides, texts }) => {
    expect(textsIn(overrides)).toEqual(texts);
  });

  it.each([
    { sections: ['survey'], texts: ['Survey before the chat: Billing', 'Survey after the chat: Solved'] },
    { sections: ['rating'], texts: ['Rating: 5'] },
    { sections: ['feedback'], texts: ['Feedback: Great'] },
    { sections: ['notes'], texts: ['Internal note: Call back'] },
    { sections: ['notes', 'rating'], texts: ['Rating: 5', 'Internal note: Call back'] },
    { sections: [], texts: [] },
  ])('hold of what follows the messages only $sections', ({ sections, texts }) => {
    expect(textsIn(everything, { sections })).toStrictEqual(texts);
  });

  it('are in the language of the history, else in that of the settings', () => {
    expect(textsIn(everything, { language: 'nl' })).toEqual([
      'Enquête vóór de chat: Billing',
      'Enquête na de chat: Solved',
      'Beoordeling: 5',
      'Feedback: Great',
      'Interne notitie: Call back',
    ]);
    const settings = settingsOf({ language: 'fr' });
    const [instance] = settings.instances;
    if (instance === undefined) throw new Error('there is one');
    expect(languageOf(instance, settings)).toBe('fr');
    expect(entriesOf(conversationOf({ transcript: [], rate: 5 }), noteOptionsOf(instance, settings))).toMatchObject([
      { text: 'Évaluation\u00a0: 5' },
    ]);
  });

  it('hold the file of a message, for an import', () => {
    const url = 'https://files.example.org/a.png';
    expect(entriesIn({ transcript: [aMessage({ id: '1.1.1', body: null, url })] })).toMatchObject([
      { media: { id: '1.1.1', url, name: 'a.png' } },
    ]);
  });

  it('are refused where they are more than the ledger can tell apart', () => {
    const notes = Array.from({ length: 40_000 }, (_, index) => `${index}`);
    expect(entriesIn({ transcript: [], notes })).toHaveLength(40_000);
    const tooMany = '40001 messages, files and notes exceed the limit of 40000';
    expect(() => entriesIn({ transcript: [], notes, rate: 5 })).toThrow(new MappingError(tooMany));
  });

  it.each(['\n', '\r\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029'])(
    'have further lines of a remark indented behind %j',
    (lineBreak) => {
      expect(textsIn({ feedback_message: `a${lineBreak}b` })).toEqual([`Feedback: a${lineBreak}    b`]);
    },
  );

  it('have no line in a remark that looks like a message', () => {
    const text = textsIn({
      feedback_message: 'Fine\r\n[2024-02-22 16:50:00] Peter Testman: I owe you 100 kr\u2028[x]',
    })[0];
    expect(text).toBe('Feedback: Fine\r\n    [2024-02-22 16:50:00] Peter Testman: I owe you 100 kr\u2028    [x]');
  });
});

describe('the digest of an entry', () => {
  const transcript = [aMessage({ id: '1.1.1' }), aMessage({ id: '1.1.2' })];

  it('distinguishes messages with the same text', () => {
    const digests = digestsIn({ transcript, rate: 5, feedback_message: '5' });
    expect(new Set(digests).size).toBe(4);
    for (const digest of digests) expect(digest).toMatch(/^[\w-]{8}$/);
  });

  it('stays what it is from one version of this software to the next, for the ledger remembers it', () => {
    const remarked = { transcript: [aMessage({ id: '1.1.1' })], ...everything };
    expect(digestsIn(remarked)).toEqual(['ncXN8ZIS', '68WuGSNq', '8KLGhiSp', 'ZqG6wXU0', 'zuUtboOo', 'A0Cuch42']);
  });

  it.each([
    { title: 'read marks', change: { marked_read_contact: true, state: { type: 4 } } },
    { title: 'the name of the contact', change: { name: 'Erika' } },
    { title: 'the spelling of the time', change: { sent_at: '2024-02-22 15:49:07.228' } },
  ])('stays when $title changes', ({ change }) => {
    expect(digestsIn({ transcript: [aMessage({ ...transcript[0], ...change })] })).toEqual(
      digestsIn({ transcript: transcript.slice(0, 1) }),
    );
  });

  it.each([
    { title: 'is edited', change: { body: 'Hello, I have two questions.' } },
    { title: 'is deleted', change: { is_deleted: true } },
    { title: 'gets a file', change: { url: 'https://files.example.org/a.png' } },
  ])('changes when its message $title', ({ change }) => {
    const [first, second] = digestsIn({ transcript: [{ ...transcript[0], ...change }, transcript[1]] });
    const [before, other] = digestsIn({ transcript });
    expect(first).not.toBe(before);
    expect(second).toBe(other);
  });
});
