import type { FailedRecord } from './record.ts';

/** Which records are meant; all conditions must hold, and none means every record. */
export type Filter = {
  id?: string[] | undefined;
  organization?: string | undefined;
  conversation?: string | undefined;
  /** A part of the reason, in any case. */
  reason?: string | undefined;
  step?: string | undefined;
};

export const matches = (record: FailedRecord, { id, organization, conversation, reason, step }: Filter): boolean =>
  (id === undefined || id.includes(record.id)) &&
  (organization === undefined || record.organization === organization) &&
  (conversation === undefined || record.conversation === conversation) &&
  (reason === undefined || record.reason.toLowerCase().includes(reason.toLowerCase())) &&
  (step === undefined || record.step === step);

/** Whether it names anything at all. */
export const isEmpty = (filter: Filter): boolean => Object.values(filter).every((condition) => condition === undefined);
