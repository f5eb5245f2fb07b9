import type { LimeError, LimeFailure } from '../errors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Lime } from '../lime/client.ts';
import type { Metadata } from '../lime/wire.ts';
import type { Draft } from '../mapping/draft.ts';
import type { FetchMedia } from '../media/fetch-media.ts';
import type { LimitConcurrency } from '../media/limit-concurrency.ts';
import type { Ensure } from './relations/ensure.ts';
import type { Find } from './relations/find.ts';
import type { Progress } from './write/writing.ts';

/** A conversation on its way to one limeobject: drafted, with what the record it came in knows. */
export type Job = {
  organization: string;
  conversation: string;
  /** The instance's name, where the limeobject is one beside the main one. */
  additional?: string;
  /** The add-on call that brought it. */
  callId: string;
  draft: Draft;
  /** No instance takes it, the draft is for any one: right only for a limeobject that it has become before. */
  unmatched?: boolean;
  /** ISO time at which intake took it. */
  acceptedAt: string;
  /** No further try will follow: what fails now is parked. */
  lastTry: boolean;
};

/** Why a conversation cannot be delivered, without anything of its content. */
export type Parking = {
  reason: string;
  step: 'decode' | 'start' | Progress['step'];
  failure?: LimeFailure;
  status?: number;
  limetype?: string;
};

/** How one delivery ended. */
export type Delivery =
  | { outcome: 'created' | 'updated' | 'unchanged' | 'stale'; instance: string; limeobject?: number }
  | { outcome: 'retry'; reason: string; seconds: number; error?: LimeError }
  | { outcome: 'parked'; parking: Parking };

/** What a delivery needs of the world; one set for each organization and batch. */
export type Ports = {
  lime: Lime;
  ledger: Ledger;
  /** Of the organization: what the ledger knows people by cannot be guessed back without it. */
  hashKey?: string | undefined;
  metadata: (limetypes: readonly string[]) => Promise<Metadata>;
  /** What the batch's lookups find for this draft; nothing is asked for what is known already. */
  find: Find;
  /** Makes the persons and companies that the lookups did not find, where the settings say so. */
  ensure: Ensure;
  /** Fetches a file of a conversation; throws LimeError where no time is left for it. */
  fetchMedia: FetchMedia;
  /** Holds a file in memory: all deliveries of a mapper share it. */
  limitConcurrency: LimitConcurrency;
  /** Link that opens a limeobject. */
  urlOf: (limetype: string, id: number) => string;
  /** Puts the job's record into the DLQ; the conversation counts as parked only after that. */
  park: (job: Job, parking: Parking) => Promise<void>;
  /** Seconds until the next try, given what Lime asked for. */
  delay: (retryAfterSeconds: number | undefined) => number;
  /** The ledger could not take how a parked conversation ended; the DLQ has it all the same. */
  unsettled: (job: Job, error: unknown) => void;
  now: () => number;
};
