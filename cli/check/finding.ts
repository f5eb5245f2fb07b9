/** Something in the settings that the tenant does not accept (`error`) or that may be a mistake (`hint`). */
export type CheckFinding = {
  severity: 'error' | 'hint';
  /** The path in the settings file. */
  path: string;
  /** The property of the tenant that it is about, such as `helpdesk.title`. */
  property?: string | undefined;
  rule: string;
  /** The nearest name, or a setting to add. */
  suggestion?: string | undefined;
};
