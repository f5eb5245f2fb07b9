type Paragraph = { title: string; text: string };

/** Texts of the page in one language. */
export type PageTranslation = {
  queued: Paragraph;
  delivering: Paragraph;
  retrying: Paragraph;
  delivered: Paragraph;
  parked: Paragraph;
  notFound: Paragraph;
  unavailable: Paragraph;
  /** Labels that end in a colon. */
  reason: string;
  nextTry: string;
  /** Text of the link to the limeobject. */
  open: string;
};
