import type { ExtraKind } from '../../userlike/messages/extras.ts';
import type { Channel } from './channels.ts';

/** The texts of one language. Messages themselves are never translated. */
export type Translation = {
  /** Follows a label. French puts a blank before the colon. */
  colon: string;

  operator: string;
  system: string;
  /** Follows the operator's name. */
  bot: string;
  automated: string;
  /** Replaces the name if a conversation gives its last message as a text only. */
  lastMessage: string;

  deleted: string;
  file: string;
  noTime: string;
  noText: string;

  surveyBefore: string;
  surveyAfter: string;
  rating: string;
  feedback: string;
  internalNote: string;

  /** Label of the contact in the head, and the name of a contact without one. */
  contact: string;
  topic: string;
  topics: string;
  channel: string;
  channels: Record<Channel, string>;
  timeZone: string;

  /** The name of a limeobject without a descriptive name. */
  person: string;
  company: string;
  coworker: string;
  /** Labels of several matches. */
  severalPersons: string;
  severalCompanies: string;
  severalCoworkers: string;
  /** Labels of what breaks one of the rules. */
  notSaved: string;
  personNotMade: string;
  companyNotMade: string;
  notAttached: string;
  /** `{n}` is a number. `{type}` is a limetype, the type of a property, or ids. */
  rules: Record<Rule, string>;

  /** Starts the first line of a note. Contains `{id}`. At most 35 characters together with `continued`. */
  mark: string;
  continued: string;

  imported: string;
  /** Contains `{reason}`. */
  notImported: string;
  importFailures: Record<ImportFailure, string>;
  /** Contains `{shown}` and `{all}`, numbers of messages, and `{name}`, the document's name. */
  wholeTranscript: string;

  /** Follows the name of a speaker whose message was edited or not delivered. */
  edited: string;
  notDelivered: string;
  /** Content of a message that is neither text nor file. */
  extras: Record<ExtraKind, string>;
};

/** Reasons why a file of a message did not become a document in Lime. */
export const importFailures = [
  'tooLarge',
  'wrongType',
  'hostNotAllowed',
  'notFound',
  'noAnswer',
  'refused',
  'tooMany',
  'mismatch',
] as const;
export type ImportFailure = (typeof importFailures)[number];

/** Reasons why a value, a link or a limeobject is not in Lime. */
export const rules = [
  'tooLong',
  'notAProperty',
  'missing',
  'notAnOption',
  'notAmongOptions',
  'notANumber',
  'notAWholeNumber',
  'neitherTrueNorFalse',
  'notATime',
  'notADate',
  'notAMonth',
  'notAQuarter',
  'notAYear',
  'notAnId',
  'computed',
  'typeNotWritten',
  'unsafeLink',
  'refused',
  'notFindable',
  'noLimetype',
  'changedByHand',
  'notEmptied',
  'inactive',
  'severalFit',
  'notReadable',
  'notInLime',
] as const;
export type Rule = (typeof rules)[number];
