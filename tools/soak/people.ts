/** Whom a limeobject is linked to: persons and coworkers by their e-mail addresses, companies by their names. */
export type Links = { person: string | undefined; company: string | undefined; coworker: string | undefined };

/** `person` and `company` are what Lime knows by that address. */
export type Contact = { email: string; person?: string; company?: string };

/** People of the sandbox's Lime; two of them share the last address, so that nobody is linked. */
export const known: readonly Contact[] = [
  { email: 'ada@example.org', person: 'ada@example.org', company: 'Example AB' },
  { email: 'bo.beispiel@example.com', person: 'Bo.Beispiel@example.com', company: 'Beispiel GmbH' },
  { email: 'cleo@example.net', person: 'cleo@example.net', company: 'Example AB' },
  { email: 'gwen@example.net', person: 'gwen@example.net' },
  { email: 'double@example.com' },
];

/** Somebody whom Lime does not know. */
export function stranger(conversation: number, name = 'visitor'): Contact {
  return {
    email: `${name}${conversation}@example.org`,
  };
}

/** Coworkers of the sandbox's Lime. */
const coworkers = ['peter.testman@example.com', 'maria.muster@example.com'] as const;

/** Operators of Userlike: coworkers of Lime, and one who is none. */
export const operators = [...coworkers, 'operator@example.com'] as const;

export function linksOf({ person, company }: Contact, operator: string | undefined): Links {
  return {
    person,
    company,
    coworker: coworkers.find((coworker) => coworker === operator),
  };
}
