import { de, en, nl } from './translations/germanic.ts';
import { da, fi, nb, sv } from './translations/nordic.ts';
import { es, fr, ptBR, ptPT } from './translations/romance.ts';

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

/** Channels of Userlike that have a name; another one is told by its code. */
export const channels = [
  'website',
  'whatsapp',
  'facebook',
  'instagram',
  'telegram',
  'threema',
  'viber',
  'sms',
  'email',
  'phone',
  'custom',
] as const;
export type Channel = (typeof channels)[number];

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

/** The words around what was said, in one language; what was said itself is never translated. */
export type Words = {
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
  held: Record<HeldKind, string>;
};

export const languages = ['en', 'de', 'pt-BR', 'pt-PT', 'sv', 'es', 'fr', 'nl', 'da', 'nb', 'fi'] as const;
export type Language = (typeof languages)[number];

export const words: Record<Language, Words> = { en, de, 'pt-BR': ptBR, 'pt-PT': ptPT, sv, es, fr, nl, da, nb, fi };

type Placeholder = 'id' | 'reason' | 'name' | 'n' | 'type' | 'shown' | 'all' | 'language' | 'status';

/** Puts values in the places of `{placeholders}`. */
export function fill(template: string, values: { [P in Placeholder]?: string | number | undefined }): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) =>
    String(new Map<string, unknown>(Object.entries(values)).get(name) ?? place),
  );
}
