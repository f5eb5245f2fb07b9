import { anInstance, settingsOf } from './mapping/builders.ts';

export const comment = { type: { value: 'comment' } };
export const byMailOrPhone = {
  property: 'person',
  limetype: 'person',
  rules: [
    { path: 'contact.email', properties: ['email'], as: 'email' },
    { path: 'contact.phone_number', properties: ['phone'], as: 'phone' },
  ],
};
export const person = {
  ...byMailOrPhone,
  create: {
    properties: {
      firstname: { value: 'Nina' },
      email: { path: 'contact.email' },
      phone: { path: 'contact.phone_number' },
    },
  },
};
export const company = {
  property: 'company',
  rules: [
    { path: 'contact.email', properties: ['www'], as: 'domain' },
    { path: 'contact.company', properties: ['name'], as: 'text' },
  ],
  create: { properties: { name: { path: 'contact.company' }, www: { path: 'contact.website' } } },
};
/** Found again by what Lime computes of other properties, and nobody writes. */
export const byName = {
  property: 'person',
  limetype: 'person',
  rules: [
    { path: 'contact.email', properties: ['email'], as: 'email' },
    { path: 'contact.name', properties: ['name'], as: 'text' },
  ],
  create: {
    properties: {
      firstname: { template: '{{ contact.name | split: " " | first }}' },
      lastname: { template: '{{ contact.name | split: " " | last }}' },
    },
  },
};

export function settingsWith(relations: Record<string, unknown>) {
  return settingsOf({ instances: [anInstance({ relations, history: { relation: 'helpdesk', properties: comment } })] });
}

export const mail = 'nina@newcomer.example';
export const phone = '+46705550123';

/** How many conversations of a batch are delivered at once. */
export const ways = [
  { title: 'one after the other', concurrency: 1 },
  { title: 'side by side', concurrency: 4 },
];
