type Paragraph = { title: string; text: string };

/** Texts of the page in one language. */
export type PageTranslation = {
  queued: Paragraph;
  delivering: Paragraph;
  retrying: Paragraph;
  delivered: Paragraph;
  parked: Paragraph;
  /** The settings do not accept the conversation. */
  skipped: Paragraph;
  /** Parked, but the limeobject exists. */
  incomplete: Paragraph;
  notFound: Paragraph;
  unavailable: Paragraph;
  /** What to do: nothing, the page opens the limeobject. */
  wait: string;
  /** What to do: nothing, come back later. */
  later: string;
  /** What to do: tell the person who looks after Lime. */
  tell: string;
  /** Labels. */
  conversation: string;
  nextTry: string;
  /** Text of the link to the limeobject. */
  open: string;
};
