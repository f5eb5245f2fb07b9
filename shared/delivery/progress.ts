import type { Delivered, KnownObject } from '../ledger/states.ts';

/** The current step of an attempt. The row's includes the activity. */
export type Step = 'plan' | 'lookup' | 'object' | 'row' | 'document' | 'note';

/** How far an attempt has come. Settling it needs nothing else. */
export type Progress = Readonly<{
  step: Step;
  object: KnownObject | undefined;
  /** The former delivery of this limeobject. */
  delivered: Pick<Delivered, 'writtenDigests'> | undefined;
  /** Lime has a newer version. Write only messages that it lacks. */
  isOlder: boolean;
  /** Lime has, or may have, unrecorded writes. The next attempt must search before it writes. */
  hasUnrecordedWrites: boolean;
}>;

export type ProgressEvent =
  | { type: 'step'; step: Step }
  /** The limeobject was found, created or changed. */
  | { type: 'object'; object: KnownObject }
  /** The limeobject was deleted in Lime, with everything that was delivered to it. */
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
      // Every settlement records the limeobject itself.
      return progress.step === 'object' ? progress : { ...progress, hasUnrecordedWrites: true };
  }
}
