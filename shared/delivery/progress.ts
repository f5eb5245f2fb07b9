import type { Delivered, KnownObject } from '../ledger/states.ts';

/** What an attempt does at the moment. */
export type Step = 'plan' | 'lookup' | 'object' | 'row' | 'document' | 'note';

/** How far an attempt has come: all that is needed to settle it wherever it ends. */
export type Progress = Readonly<{
  step: Step;
  object: KnownObject | undefined;
  /** What was delivered of this limeobject before. */
  delivered: Pick<Delivered, 'writtenDigests'> | undefined;
  /** Lime has a newer version: only messages that it lacks are written. */
  isOlder: boolean;
  /** Lime has, or may have, something that is not recorded: the next attempt must search before it writes. */
  hasUnrecordedWrites: boolean;
}>;

export type ProgressEvent =
  | { type: 'step'; step: Step }
  /** The limeobject was found, created or changed. */
  | { type: 'object'; object: KnownObject }
  /** The limeobject was deleted in Lime, and everything that was delivered with it. */
  | { type: 'objectGone' }
  /** Lime has carried out a POST. */
  | { type: 'posted' };

/** The progress after an event. */
export function advance(progress: Progress, event: ProgressEvent): Progress {
  switch (event.type) {
    case 'step':
      return { ...progress, step: event.step };
    case 'object':
      return { ...progress, object: event.object };
    case 'objectGone':
      return { ...progress, object: undefined, delivered: undefined, isOlder: false };
    case 'posted':
      // The limeobject itself is recorded with every settlement.
      return progress.step === 'object' ? progress : { ...progress, hasUnrecordedWrites: true };
  }
}
