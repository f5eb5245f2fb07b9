/** The links of a limeobject: persons and coworkers by e-mail address, companies by name. */
export type Links = { person: string | undefined; company: string | undefined; coworker: string | undefined };

/** A contact. `person` and `company` are those that Lime has for the address. */
export type Contact = { email: string; person?: string; company?: string };

/** People in the sandbox's Lime. Two share the last address, so that nobody is linked. */
export const known: readonly Contact[] = [
  { email: 'ada@example.org', person: 'ada@example.org', company: 'Example AB' },
  { email: 'bo.beispiel@example.com', person: 'Bo.Beispiel@example.com', company: 'Beispiel GmbH' },
  { email: 'cleo@example.net', person: 'cleo@example.net', company: 'Example AB' },
  { email: 'gwen@example.net', person: 'gwen@example.net' },
  { email: 'double@example.com' },
];

/** A contact who is not in Lime. */
export function unknownContact(conversation: number, name = 'visitor'): Contact {
  return {
    email: `${name}${conversation}@example.org`,
  };
}

/** The coworkers in the sandbox's Lime. */
const coworkers = ['peter.testman@example.com', 'maria.muster@example.com'] as const;

/** Operators in Userlike: the coworkers, and one who is not in Lime. */
export const operators = [...coworkers, 'operator@example.com'] as const;

export function linksOf({ person, company }: Contact, operator: string | undefined): Links {
  return {
    person,
    company,
    coworker: coworkers.find((coworker) => coworker === operator),
  };
}
