/** Something in the settings that the tenant does not take (`error`), or that may not be meant (`hint`). */
export type CheckFinding = {
  severity: 'error' | 'hint';
  /** Where in the settings file. */
  path: string;
  /** `helpdesk.title` where it is about a property of the tenant. */
  property?: string | undefined;
  rule: string;
  /** What to write instead: the nearest name, or a setting to add. */
  suggestion?: string | undefined;
};
