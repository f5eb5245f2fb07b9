/** A mistake in settings: a value at a path, or (undefined) none. */
export type Change = readonly [path: string, value: unknown];

/** A mistake that `check` finds. */
export type Found = {
  title: string;
  change: Change;
  /** The path of the finding. */
  at: string;
  /** A part of what the finding says. */
  says: string;
  suggestion?: string;
};

/** A mistake that shows in the row of a property. */
export type Shown = {
  title: string;
  change: Change;
  property: string;
  /** What the row says. */
  because: string;
};

/** The instance of the settings that `init` writes for the customised tenant. */
export const at = 'instances.0';
