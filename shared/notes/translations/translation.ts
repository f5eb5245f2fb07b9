import type { ExtraKind } from '../../userlike/messages/extras.ts';
import type { Channel } from './channels.ts';

/** The words around what was said, in one language; what was said itself is never translated. */
export type Translation = {
  /** Between a label and what it tells: French sets a blank before it. */
  colon: string;

  operator: string;
  system: string;
  /** Behind the operator's name. */
  bot: string;
  automated: string;
  /** In the place of a name, where a conversation tells its last message as a text alone. */
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

  /** Label of the contact in the head, and what one without a name is called. */
  contact: string;
  topic: string;
  topics: string;
  channel: string;
  channels: Record<Channel, string>;
  timeZone: string;

  /** What a limeobject without a descriptive name is called. */
  person: string;
  company: string;
  coworker: string;
  /** Labels of those who match. */
  severalPersons: string;
  severalCompanies: string;
  severalCoworkers: string;
  /** Labels of what stands with one of the rules. */
  notSaved: string;
  personNotMade: string;
  companyNotMade: string;
  /** `{n}` is a number, `{type}` a limetype or the type of a property. */
  rules: Record<Rule, string>;

  /** Begins the first line of a note: with `{id}`, 35 characters at most together with `continued`. */
  mark: string;
  continued: string;

  imported: string;
  /** With `{reason}`. */
  notImported: string;
  importFailures: Record<ImportFailure, string>;
  /** With `{shown}` of `{all}` messages, and `{name}`, the document's. */
  wholeTranscript: string;

  /** Behind the name of whoever said it: the message was edited, or never reached its receiver. */
  edited: string;
  notDelivered: string;
  /** What a message holds that is neither text nor file. */
  extras: Record<ExtraKind, string>;
};

/** Why a file of a message is not in Lime as a document. */
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

/** Why something is not in Lime: what a value or a limeobject breaks. */
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
] as const;
export type Rule = (typeof rules)[number];
