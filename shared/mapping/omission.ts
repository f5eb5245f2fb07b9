import { type Finding, MappingError } from '../errors.ts';
import type { Remark } from '../notes/head.ts';
import { translations } from '../notes/translations.ts';
import { fill } from '../text/fill.ts';

/** Why something is not written to Lime. */
export type Rule = Remark['rule'];

/**
 * What the settings ask for and the tenant does not take. `message` is an English sentence for integrators; the rest
 * tells the same in the words of a language: the property as people read it, or what is not made, and the broken rule.
 */
export type Omission = Finding & Remark;

/** A required value or limeobject that cannot be written. */
export class OmissionError extends MappingError {
  readonly omission: Omission;

  constructor(omission: Omission) {
    super(omission.message, { path: omission.path });
    this.omission = omission;
  }
}

/** A rule that a value breaks, with what its words need. */
export type BrokenRule = Pick<Remark, 'rule' | 'n' | 'type'>;

/** The rule as integrators read it: "longer than 32 characters". */
export function inEnglish(broken: BrokenRule): string {
  return fill(translations.en.rules[broken.rule], broken);
}
