import type { LedgerEntry } from '../../shared/ledger/states.ts';
import { count, renderTable } from '../table.ts';
import type { FoundRecord } from './sweep.ts';

/** A limeobject that the ledger names, which must be erased in Lime. */
type Limeobject = { limetype: string; id: number; url: string };

/** An item of the ledger, and what happened to it. `says` is the text of its link. */
export type ForgottenItem = {
  key: string;
  conversation: string;
  state: 'found' | 'erased' | 'kept';
  says: string | undefined;
  limeobject: Limeobject | undefined;
};

/** What was found of a person, and whether it was erased. Only ids and counts, no content. */
export type Forgotten = {
  erased: boolean;
  /** Undefined if conversations were named. */
  byContact: { settingsDirectory: string } | undefined;
  organization: string;
  conversations: string[];
  records: FoundRecord[];
  ledger: ForgottenItem[];
  notVisible: { queue: number; dlq: number };
  unreadable: string[];
};

export function limeobjectOf(entry: LedgerEntry | undefined): Limeobject | undefined {
  return entry?.object && { limetype: entry.object.limetype, id: entry.object.id, url: entry.object.url };
}

/** Describes what was found, what may be left, and what others must erase. */
export function textOf(forgotten: Forgotten): string {
  return [foundIn(forgotten), remainsOf(forgotten), manualSteps(forgotten)].filter((part) => part !== '').join('\n\n');
}

function foundIn(forgotten: Forgotten): string {
  const { records, ledger, erased } = forgotten;
  const rows = [
    ...records.map(({ place, id, conversation }) => [place, id, conversation, erased ? 'erased' : '-']),
    ...ledger.map(({ key, conversation, state, says }) => [
      'ledger',
      key,
      conversation,
      state === 'found' ? says : state,
    ]),
  ];
  const columns = ['WHERE', 'ID', 'CONVERSATION', 'STATE'].map((title) => ({ title }));
  const items = ledger.length - keptOf(forgotten).length;
  const what = `${count(records.length, 'record')} and ${count(items, 'ledger item')}`;
  const sum = erased ? `erased ${what}` : `would erase ${what}; --yes erases it`;
  return [...(rows.length === 0 ? [] : [renderTable(columns, rows), '']), sum].join('\n');
}

function keptOf({ ledger }: Forgotten): ForgottenItem[] {
  return ledger.filter(({ state }) => state === 'kept');
}

function remainsOf(forgotten: Forgotten): string {
  const { notVisible, unreadable, byContact, erased } = forgotten;
  const kept = keptOf(forgotten);
  return [
    ...(notVisible.queue > 0
      ? [
          `about ${count(notVisible.queue, 'record')} of the queues could not be read, because a mapper holds them or they wait for their next try. Repeat this until there are none`,
        ]
      : []),
    ...(notVisible.dlq > 0
      ? [
          `about ${count(notVisible.dlq, 'record')} of the DLQ could not be read, because another reader holds them. Repeat this until there are none`,
        ]
      : []),
    ...(kept.length > 0
      ? [
          `${count(kept.length, 'ledger item')} kept, because an attempt is or may be under way. Repeat this${byContact ? repeatFlags(kept) : ''}`,
        ]
      : []),
    ...(unreadable.length > 0
      ? [
          `${count(unreadable.length, 'record')} cannot be read; check their contact with failed show <id> --content: ${unreadable.join(', ')}`,
        ]
      : []),
    ...(byContact
      ? [
          `The ledger does not know contacts. This ${erased ? 'erased' : 'found'} only items of conversations with a record here, and of a person or company created from the contact by the settings in ${byContact.settingsDirectory}.`,
          'List the contact’s conversations in Userlike, and give their ids: --conversation <id...>',
        ]
      : []),
  ].join('\n');
}

/** How to find the kept items again once the contact's records are gone. */
function repeatFlags(kept: readonly ForgottenItem[]): string {
  const ids = new Set(kept.map(({ conversation }) => conversation).filter((id) => /^\d+$/.test(id)));
  return ids.size === 0
    ? ''
    : `, and with --conversation ${[...ids].join(' ')}, because nothing else finds these items`;
}

function manualSteps(forgotten: Forgotten): string {
  const { conversations, organization } = forgotten;
  const limeobjects = limeobjectsOf(forgotten);
  return [
    'To be erased by others:',
    ...(limeobjects.length === 0
      ? ['  Lime      the limeobjects of these conversations, which the ledger does not know']
      : limeobjects.map(
          ({ limetype, id, url }) => `  Lime      ${limetype} ${id} with its history notes and documents: ${url}`,
        )),
    `  Userlike  ${conversations.length === 0 ? 'the contact and its conversations' : `the contact, conversation ${conversations.join(', ')}`} (organization ${organization}). Erase these first, so that nobody sends them again`,
    'Out of reach: log lines, which hold ids of conversations until their retention ends, and 35 days of backups of the ledger.',
  ].join('\n');
}

/** Each limeobject once, even if several items name it. */
function limeobjectsOf({ ledger }: Forgotten): Limeobject[] {
  return [
    ...new Map(
      ledger.flatMap(({ limeobject }) => (limeobject ? [[limeobject.url, limeobject] as const] : [])),
    ).values(),
  ];
}

/** The findings as JSON. */
export function jsonOf(forgotten: Forgotten): Record<string, unknown> {
  const { ledger, byContact: _, ...rest } = forgotten;
  return {
    ...rest,
    ledger: ledger.map(({ says, limeobject: __, ...item }) => ({ ...item, says: says ?? null })),
    limeobjects: limeobjectsOf(forgotten),
  };
}
