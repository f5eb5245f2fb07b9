import { describe, expect, it } from '@jest/globals';
import { conversationIn, type EndState, judge, violationsOf } from '../../../tools/soak/verdict.ts';
import type { Version } from '../../../tools/soak/version.ts';

const ID = 1_000_000;
const links = { person: 'ada@example.org', company: 'Example AB', coworker: undefined };

function aVersion(overrides: Partial<Version> = {}): Version {
  return {
    conversation: ID,
    number: 1,
    tokens: ['~1.0~', '~1.1~'],
    replaced: [],
    email: 'ada@example.org',
    links,
    payload: {},
    ...overrides,
  };
}
const newer = aVersion({ number: 2, tokens: ['~1.0~', '~1.1~', '~1.2~'] });

function aHelpdesk(overrides: Partial<EndState['helpdesks'][number]> = {}) {
  return {
    id: 1001,
    title: `Userlike conversation ${ID}`,
    email: 'ada@example.org',
    links,
    ...overrides,
  };
}
function aNote(text: string, helpdesk = 1001) {
  return { helpdesk, text };
}
const complete = aNote('mark 1\n~1.0~ one\n~1.1~ two');

/** A version that Lime was made to refuse. */
function aParked(version: number, overrides: Partial<EndState['parked'][number]> = {}) {
  return {
    conversation: ID,
    version,
    status: 422,
    reason: 'POST /api/v1/limeobject/helpdesk/ was answered 422',
    ...overrides,
  };
}
const refused = new Set([ID]);

function anEnd(overrides: Partial<EndState> = {}): EndState {
  return {
    helpdesks: [aHelpdesk()],
    notes: [complete],
    parked: [],
    refused: new Set(),
    links: new Map([[ID, 'delivered']]),
    ...overrides,
  };
}

it.each([
  { title: 'a title', text: `Visitor ${ID}: ~1.0~ · #${ID}`, conversation: ID },
  { title: 'the first line of a note', text: `Userlike conversation ${ID}, part 2\n1000001`, conversation: ID },
  { title: 'what is of no conversation', text: 'Cannot log in\n1000001', conversation: undefined },
])('the conversation is read of $title', ({ text, conversation }) => {
  expect(conversationIn(text)).toBe(conversation);
});

describe('the verdict over an end state', () => {
  it('finds nothing where each conversation is one limeobject with all its messages', () => {
    const verdict = judge([aVersion(), aVersion()], anEnd());
    expect(verdict).toMatchObject({ accepted: 1, delivered: 1, parked: 0 });
    expect(violationsOf(verdict)).toEqual([]);
  });

  it.each([
    { title: 'a lost conversation', end: { helpdesks: [], notes: [] }, found: { lost: [ID], delivered: 0 } },
    {
      title: 'a conversation that became two limeobjects',
      end: { helpdesks: [aHelpdesk(), aHelpdesk({ id: 1002 })] },
      found: { twice: [ID] },
    },
    { title: 'a message in no note', end: { notes: [aNote('mark 1\n~1.0~')] }, found: { missing: ['~1.1~'] } },
    {
      title: 'a message in a note of another limeobject only',
      end: { notes: [aNote('mark 1\n~1.0~'), aNote('mark 1\n~1.1~', 1002)] },
      found: { missing: ['~1.1~'] },
    },
    {
      title: 'a note written twice',
      end: { notes: [complete, complete] },
      found: { notesTwice: ['mark 1'], messagesTwice: ['~1.0~', '~1.1~'] },
    },
    {
      title: 'a message in two notes',
      end: { notes: [complete, aNote('mark 2\n~1.1~ again')] },
      found: { notesTwice: [], messagesTwice: ['~1.1~'] },
    },
    {
      title: 'the values of an older version',
      end: { helpdesks: [aHelpdesk({ email: 'old@example.org' })] },
      found: { outdated: [ID] },
    },
    {
      title: "links to somebody else's company",
      end: { helpdesks: [aHelpdesk({ links: { ...links, company: 'Beispiel GmbH' } })] },
      found: { wrongLinks: [ID], outdated: [] },
    },
    {
      title: 'links to nobody where the newest version is somebody’s',
      end: {
        helpdesks: [aHelpdesk({ links: { person: undefined, company: undefined, coworker: undefined } })],
      },
      found: { wrongLinks: [ID] },
    },
    {
      title: 'a coworker who does not have the conversation',
      end: { helpdesks: [aHelpdesk({ links: { ...links, coworker: 'peter.testman@example.com' } })] },
      found: { wrongLinks: [ID] },
    },
    { title: 'a link that says otherwise', end: { links: new Map([[ID, 'retrying']]) }, found: { misled: [ID] } },
  ])('finds $title', ({ end, found }) => {
    const verdict = judge([aVersion()], anEnd(end));
    expect(verdict).toMatchObject(found);
    expect(violationsOf(verdict)).not.toEqual([]);
  });

  it('asks for the newest version, in whichever order versions were accepted', () => {
    expect(judge([newer, aVersion()], anEnd()).missing).toEqual(['~1.2~']);
    expect(judge([newer, aVersion()], anEnd({ notes: [complete, aNote('mark 2\n~1.2~')] })).missing).toEqual([]);
  });

  it('asks for the messages that only an older version has, too, each once', () => {
    const late = aVersion({ tokens: ['~1.0~', '~own~'] });
    const end = anEnd({ notes: [aNote('mark 1\n~1.0~ ~1.1~ ~1.2~')] });
    const told = anEnd({ notes: [...end.notes, aNote('mark 2\n~own~'), aNote('mark 3\n~own~')] });

    expect(judge([newer, late], end)).toMatchObject({ missing: ['~own~'], messagesTwice: [] });
    expect(judge([newer, late], told)).toMatchObject({ missing: [], messagesTwice: ['~own~'] });
    expect(judge([newer, late], { ...end, parked: [aParked(1)], refused })).toMatchObject({ missing: [] });
  });

  it('asks for no wording that a version has replaced, unless that one is parked', () => {
    const edited = aVersion({ number: 2, tokens: ['~1.0 new~', '~1.1~'], replaced: ['~1.0~'] });
    const end = anEnd({ notes: [aNote('mark 1\n~1.0 new~ ~1.1~')] });

    expect(judge([edited, aVersion()], end)).toMatchObject({ missing: [] });
    expect(judge([edited, aVersion()], { ...end, parked: [aParked(2)] })).toMatchObject({ missing: ['~1.0~'] });
  });

  it('asks for the links of the newest version, whatever an older one says', () => {
    const other = aVersion({ links: { person: undefined, company: undefined, coworker: undefined } });
    const end = anEnd({ notes: [aNote('mark 1\n~1.0~ ~1.1~ ~1.2~')] });

    expect(judge([newer, other], end).wrongLinks).toEqual([]);
    expect(judge([aVersion(), { ...other, number: 2 }], end).wrongLinks).toEqual([ID]);
    expect(judge([{ ...other, number: 2 }], { ...end, parked: [aParked(2)] })).toMatchObject({
      parked: 1,
      wrongLinks: [],
    });
  });

  it('counts a conversation as parked where the DLQ holds its newest version', () => {
    const parked = [aParked(2)];
    const nothing = judge([newer], anEnd({ helpdesks: [], notes: [], parked, refused }));
    expect(nothing).toMatchObject({ delivered: 0, parked: 1, lost: [] });
    expect(judge([aVersion(), newer], anEnd({ parked }))).toMatchObject({ delivered: 0, parked: 1, missing: [] });
    expect(violationsOf(nothing)).toEqual([]);
  });

  it('counts it as delivered where it was parked and yet is whole in Lime', () => {
    const parked = [aParked(1)];
    expect(judge([aVersion()], anEnd({ parked }))).toMatchObject({ delivered: 1, parked: 0 });
  });

  it('lets a parked older version excuse nothing', () => {
    const end = anEnd({ parked: [aParked(1)], refused });
    expect(judge([aVersion(), newer], end)).toMatchObject({ parked: 0, missing: ['~1.2~'] });
  });

  it('lets be parked only what Lime was made to refuse, and counts that', () => {
    const end = { helpdesks: [], notes: [], parked: [aParked(1)], refused };
    expect(judge([aVersion()], anEnd(end))).toMatchObject({ parked: 1, refused: 1, unexplained: [] });
  });

  it.each([
    {
      title: 'what nobody refused',
      end: { parked: [aParked(1)] },
      unexplained: [`${ID} (POST /api/v1/limeobject/helpdesk/ was answered 422)`],
    },
    {
      title: 'what was given up, refused before or not',
      end: { refused, parked: [aParked(1, { status: 503, reason: 'given up after the last try: 503' })] },
      unexplained: [`${ID} (given up after the last try: 503)`],
    },
    {
      title: 'what SQS moved without a reason',
      end: { refused, parked: [aParked(1, { status: undefined, reason: 'received too often' })] },
      unexplained: [`${ID} (received too often)`],
    },
    {
      title: 'an older version that was parked for nothing, though the newest is in Lime',
      end: { parked: [aParked(1, { version: 1 })], helpdesks: [aHelpdesk()], notes: [complete] },
      unexplained: [`${ID} (POST /api/v1/limeobject/helpdesk/ was answered 422)`],
    },
  ])('does not let be parked $title', ({ end, unexplained }) => {
    const verdict = judge([aVersion()], anEnd({ helpdesks: [], notes: [], ...end }));
    expect(verdict.unexplained).toEqual(unexplained);
    expect(violationsOf(verdict)).toEqual([`1 parked, and not refused on purpose: ${unexplained}`]);
  });
});
