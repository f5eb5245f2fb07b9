import { de, en, nl } from './words/germanic.ts';
import { da, fi, nb, sv } from './words/nordic.ts';
import { es, fr, pt } from './words/romance.ts';

/** Things that a message of a channel may hold: a place, a card, the choice of a button. */
export type HeldKind = 'location' | 'contacts' | 'choice' | 'reaction' | 'story';

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

/** The words around what was said, in one language; what was said itself is never translated. */
export type Words = {
  /** Between a label and what it tells: French sets a blank before it. */
  colon: string;

  visitor: string;
  operator: string;
  system: string;
  /** Behind the operator's name. */
  bot: string;
  automated: string;

  deleted: string;
  file: string;
  noTime: string;
  noText: string;

  surveyBefore: string;
  surveyAfter: string;
  rating: string;
  feedback: string;
  internalNote: string;

  contact: string;
  topics: string;
  channel: string;
  /** Label of the time zone. */
  times: string;

  /** What a limeobject without a descriptive name is called. */
  person: string;
  company: string;
  coworker: string;
  severalPersons: string;
  severalCompanies: string;
  severalCoworkers: string;
  notWritten: string;

  /** Begins the first line of a note: with `{id}`, 35 characters at most together with `continued`. */
  mark: string;
  continued: string;

  imported: string;
  /** With `{reason}`. */
  notImported: string;
  importFailures: Record<ImportFailure, string>;
  /** With `{name}`, the document's. */
  wholeTranscript: string;

  /** Behind the name of whoever said it: the message was edited, or never reached its receiver. */
  edited: string;
  notDelivered: string;
  /** What a message holds that is neither text nor file. */
  held: Record<HeldKind, string>;
};

export const languages = ['en', 'de', 'pt', 'sv', 'es', 'fr', 'nl', 'da', 'nb', 'fi'] as const;
export type Language = (typeof languages)[number];

export const words: Record<Language, Words> = { en, de, pt, sv, es, fr, nl, da, nb, fi };

/** Puts a value in the place of `{placeholder}`. */
export const fill = (template: string, placeholder: 'id' | 'reason' | 'name', value: string): string =>
  template.replace(`{${placeholder}}`, () => value);
