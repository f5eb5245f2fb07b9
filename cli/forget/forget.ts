import { type LedgerEntry, linkState } from '../../shared/ledger/states.ts';
import type { Settings } from '../../shared/mapping/settings/settings.ts';
import type { LedgerItem } from '../aws/ledger-items.ts';
import type { Bridge } from '../aws/open.ts';
import { CommandError, UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { count, renderJson } from '../table.ts';
import { creationKeysOf } from './contact.ts';
import { type Person, type Swept, sweep } from './sweep.ts';
import { type Forgotten, type ForgottenItem, jsonOf, limeobjectOf, textOf } from './text.ts';

export type ForgetOptions = {
  organization: string;
  conversation?: string[] | undefined;
  contact?: string | undefined;
  /** The directory of `settings`. */
  settingsDirectory: string;
  yes?: boolean | undefined;
  dryRun?: boolean | undefined;
  json?: boolean | undefined;
};

/** The organization's settings, and the key of the ledger's hashes. */
export type Contacts = { settings: Settings; readHashKey: () => Promise<string | undefined> };

/** Throws UsageError if the options do not say whose data are meant, or contradict each other. */
export function checkForget(options: Omit<ForgetOptions, 'settingsDirectory'>): void {
  const { organization, conversation, contact, yes, dryRun } = options;
  const problems = [
    ...(/^[\w-]{1,64}$/.test(organization) ? [] : ['--organization: must be letters, digits, _ and -, 64 at most']),
    ...((conversation === undefined) === (contact === undefined)
      ? ['forget: give either --conversation or --contact']
      : []),
    ...((conversation ?? []).every((id) => /^\d{1,32}$/.test(id))
      ? []
      : ['--conversation: must be 1 to 32 digits each']),
    ...(contact?.trim() === '' ? ['--contact: must not be empty'] : []),
    ...(yes && dryRun ? ['forget: --yes erases and --dry-run does not; choose one'] : []),
  ];
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
}

/**
 * Erases a person's conversations from queues, DLQ and ledger, or only lists them. Records go before the ledger's items:
 * a record that is delivered without its item would create a second limeobject. Exit code 1 if something may be left.
 */
export async function forget(
  bridge: Bridge,
  io: Io,
  options: ForgetOptions,
  { settings, readHashKey }: Contacts,
): Promise<number> {
  const { organization, conversation, contact, settingsDirectory, yes: erase = false } = options;
  let conversations = new Set(conversation);
  const person = (): Person => ({
    organization,
    conversations,
    contact: contact === undefined ? undefined : { text: contact, country: settings.country },
  });
  const { signal } = io;
  const made = contact === undefined ? [] : await findableKeys(contact, settings, readHashKey);
  if (contact !== undefined) {
    // Other records of these conversations may lack the contact, because it became known later.
    const { found } = await sweep(bridge, person(), { remove: false, signal });
    conversations = new Set(found.map((record) => record.conversation));
  }
  const swept = await sweep(bridge, person(), { remove: erase, signal });
  for (const record of swept.found) conversations.add(record.conversation);
  const items = signal.aborted ? [] : await findItems(bridge, io, organization, new Set([...conversations, ...made]));
  if (signal.aborted) throw interrupted(erase ? swept.found.length : 0, 0);
  const ledger = erase
    ? await eraseItems(bridge, io, items, swept)
    : items.map(({ key, conversation: of, entry }) => shown(key, of, entry, 'found', io.now()));

  const forgotten: Forgotten = {
    erased: erase,
    byContact: contact === undefined ? undefined : { settingsDirectory },
    organization,
    conversations: [...conversations],
    records: swept.found,
    ledger,
    notVisible: swept.notVisible,
    unreadable: swept.unreadable,
  };
  io.out(options.json ? renderJson(jsonOf(forgotten)) : textOf(forgotten));
  const unseen = swept.notVisible.queue + swept.notVisible.dlq + swept.unreadable.length;
  return unseen > 0 || ledger.some(({ state }) => state === 'kept') ? 1 : 0;
}

/** Reads the secret only if the settings create people. */
async function findableKeys(
  contact: string,
  settings: Settings,
  readHashKey: Contacts['readHashKey'],
): Promise<string[]> {
  return creationKeysOf(contact, settings).length === 0 ? [] : creationKeysOf(contact, settings, await readHashKey());
}

async function findItems(
  bridge: Bridge,
  io: Io,
  organization: string,
  conversations: ReadonlySet<string>,
): Promise<LedgerItem[]> {
  if (conversations.size === 0) return [];
  const { items, bytes } = await bridge.ledgerItems.size();
  io.note(`reading the whole ledger, about ${count(items, 'item')} in ${Math.ceil(bytes / 1_000_000)} MB`);
  try {
    return await bridge.ledgerItems.find(organization, conversations, {
      signal: io.signal,
      onPage: (looked) => io.progress.show(looked, Math.max(looked, items)),
    });
  } finally {
    io.progress.clear();
  }
}

/**
 * Deletes the items, except those that a mapper holds. Keeps all of them while a queue has records that cannot be
 * seen: one of them may need its item, and a record that was never tried leaves no trace in it.
 */
async function eraseItems(
  bridge: Bridge,
  io: Io,
  items: readonly LedgerItem[],
  { found, notVisible }: Swept,
): Promise<ForgottenItem[]> {
  const done: ForgottenItem[] = [];
  const erased = () => done.filter(({ state }) => state === 'erased');
  try {
    for (const { key, conversation, entry } of items) {
      if (io.signal.aborted) throw interrupted(found.length, erased().length);
      const now = io.now();
      const removed = notVisible.queue > 0 ? 'taken' : await bridge.ledgerItems.remove(key, now);
      if (removed === 'taken') done.push(shown(key, conversation, entry, 'kept', now));
      else done.push(shown(key, conversation, removed ?? entry, 'erased', now));
    }
    return done;
  } catch (error) {
    // After this, only the output names these limeobjects.
    for (const { key, limeobject } of erased())
      io.note(
        `erased ${key}${limeobject ? `, which had become ${limeobject.limetype} ${limeobject.id}: ${limeobject.url}` : ''}`,
      );
    throw error;
  }
}

function shown(
  key: string,
  conversation: string,
  entry: LedgerEntry | undefined,
  state: ForgottenItem['state'],
  now: number,
): ForgottenItem {
  return {
    key,
    conversation,
    state,
    says: entry === undefined ? undefined : linkState(entry, now),
    limeobject: limeobjectOf(entry),
  };
}

function interrupted(records: number, items: number): CommandError {
  return new CommandError(
    `interrupted: erased ${count(records, 'record')} and ${count(items, 'ledger item')}; run it again for the rest`,
  );
}
