import { aConversation, aMessage, anOperator } from '../conversations.ts';

/** Unique texts that stand for personal data. */
export const marks = {
  name: 'Qvarnstroem-Zyx',
  email: 'qz-mail-8821@example.org',
  secondEmail: 'qz-twice-8822@example.org',
  phone: '701998877',
  body: 'QZ-BODY-4417',
  deletedBody: 'QZ-GONE-4418',
  operator: 'Qz-Operator-5519',
  topic: 'QZ-TOPIC-6620',
  custom: 'QZ-CUSTOM-7721',
  note: 'QZ-NOTE-8823',
  person: 'Qz-Person-9924',
  garbage: 'QZ-GARBAGE-1025',
  key: 'qz-wrong-key-1126',
};

/** A conversation with every mark of a contact or operator. */
export function aMarkedConversation(id: number, overrides: Record<string, unknown> = {}) {
  return aConversation({
    id,
    contact: {
      id: 1,
      name: marks.name,
      email: marks.email,
      phone_number: `+46${marks.phone}`,
      mobile_number: `0046 ${marks.phone}`,
      custom_field_data: { [marks.custom]: marks.custom },
    },
    custom: { [marks.custom]: [marks.custom] },
    topics: [{ text: marks.topic }],
    notes: [{ text: marks.note }],
    transcript: [
      aMessage({ id: `${id}.1.1`, body: marks.body, name: marks.name, url: `https://example.org/${marks.custom}` }),
      aMessage({
        id: `${id}.1.2`,
        ...anOperator,
        operator_name: marks.operator,
        name: marks.operator,
        body: marks.body,
      }),
      aMessage({ id: `${id}.1.3`, body: marks.deletedBody, is_deleted: true }),
    ],
    ...overrides,
  });
}
