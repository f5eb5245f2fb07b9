import { type Finding, MappingError } from '../errors.ts';
import type { Remark } from '../notes/head.ts';
import { translations } from '../notes/translations.ts';
import { fill } from '../text/fill.ts';

/** The reason why something is not in Lime. */
export type Rule = Remark['rule'];

/**
 * Something that the settings ask for and the tenant does not accept. `message` is English, for integrators. The other
 * fields describe the same for a note in any language.
 */
export type Omission = Finding & Remark;

/** A required value or limeobject that Lime does not accept. */
export class OmissionError extends MappingError {
  readonly omission: Omission;

  constructor(omission: Omission) {
    super(omission.message, { path: omission.path });
    this.omission = omission;
  }
}

/** A broken rule with the values for its text. */
export type BrokenRule = Pick<Remark, 'rule' | 'n' | 'type'>;

/** The rule in English: "longer than 32 characters". */
export function inEnglish(broken: BrokenRule): string {
  return fill(translations.en.rules[broken.rule], broken);
}
