type Paragraph = { title: string; text: string };

/** What the page behind an operator's link says. */
export type PageTranslation = {
  queued: Paragraph;
  delivering: Paragraph;
  retrying: Paragraph;
  delivered: Paragraph;
  parked: Paragraph;
  notFound: Paragraph;
  unavailable: Paragraph;
  /** Labels, with a colon. */
  reason: string;
  nextTry: string;
  /** Of the link to the limeobject. */
  open: string;
};
