import { describe, expect, it } from '@jest/globals';
import { Limeobject, LimetypeAnswer, QueryAnswer } from '../../../shared/lime/wire.ts';

function propertyOf(property: Record<string, unknown>) {
  return LimetypeAnswer.parse({
    name: 'helpdesk',
    _embedded: { properties: [{ name: 'x', type: 'string', ...property }] },
  }).properties.get('x');
}

describe('a limetype', () => {
  it('is read as Lime documents it, with whatever else it holds', () => {
    const { name, label, localname, properties } = LimetypeAnswer.parse({
      name: 'history',
      localname: { singular: 'History', plural: 'History' },
      label: 'history',
      _links: { self: { href: 'https://lime.example/api/v1/limetype/history/' } },
      _embedded: {
        properties: [
          { name: 'note', localname: 'Notes', type: 'text', required: true, length: 4000, _links: {} },
          {
            name: 'type',
            type: 'option',
            required: true,
            options: [
              { id: 1, key: 'comment', text: 'Comment', inactive: false },
              { id: 2, key: 'fax', text: 'Fax', inactive: true },
              { id: 520401, key: 520401, text: null },
            ],
          },
          { name: 'helpdesk', type: 'belongsto', _links: { related_type: { href: '…', name: 'helpdesk' } } },
        ],
      },
    });
    expect({ name, label, localname }).toEqual({ name: 'history', label: 'history', localname: 'History' });
    const unsaid = { length: undefined, options: undefined, choices: undefined, relatedType: undefined };
    const untold = { localname: undefined, label: undefined, hasDefault: undefined, computed: false };
    expect([...properties.values()]).toEqual([
      { ...unsaid, ...untold, name: 'note', localname: 'Notes', type: 'text', required: true, length: 4000 },
      {
        ...unsaid,
        ...untold,
        name: 'type',
        type: 'option',
        required: true,
        options: ['comment', '520401'],
        choices: [
          { key: 'comment', text: 'Comment', inactive: false },
          { key: 'fax', text: 'Fax', inactive: true },
          { key: '520401', text: '', inactive: false },
        ],
      },
      { ...unsaid, ...untold, name: 'helpdesk', type: 'belongsto', required: false, relatedType: 'helpdesk' },
    ]);
  });

  it.each([
    { given: { defaultvalue: 'new', has_sql: true }, read: { hasDefault: true, computed: true } },
    { given: { defaultvalue: 0 }, read: { hasDefault: true, computed: false } },
    { given: { defaultvalue: null, has_sql: false }, read: { hasDefault: false, computed: false } },
    { given: { defaultvalue: '' }, read: { hasDefault: false } },
    { given: {}, read: { hasDefault: undefined, computed: false } },
  ])('with a property of $given tells default and computation', ({ given, read }) => {
    expect(propertyOf(given)).toMatchObject(read);
  });

  it.each([
    { length: 4000, read: 4000 },
    { length: 1_073_741_823, read: 1_073_741_823 },
    { length: 0, read: undefined },
    { length: -1, read: undefined },
    { length: null, read: undefined },
    { length: undefined, read: undefined },
  ])('with a property of length $length has the length $read', ({ length, read }) => {
    expect(propertyOf({ length })?.length).toBe(read);
  });

  it.each([
    { title: 'does not tell', property: {}, read: undefined },
    { title: 'has none', property: { defaultvalue: null }, read: false },
    { title: 'has an empty one', property: { defaultvalue: '' }, read: false },
    { title: 'has 0', property: { defaultvalue: 0 }, read: true },
    { title: 'has an option', property: { defaultvalue: { key: 'new' } }, read: true },
  ])('$title as the default of a property: $read', ({ property, read }) => {
    expect(propertyOf(property)?.hasDefault).toBe(read);
  });

  it('takes options without a key by their id, and leaves out what is none', () => {
    const options = [
      { id: 7, key: null, text: 'Seven' },
      { id: 8 },
      { key: 'a', text: 'A' },
      { text: 'x' },
      null,
      true,
    ];
    const property = propertyOf({ type: 'option', options });
    expect(property?.options).toEqual(['7', '8', 'a']);
    expect(property?.choices).toEqual([
      { key: '7', text: 'Seven', inactive: false },
      { key: '8', text: '', inactive: false },
      { key: 'a', text: 'A', inactive: false },
    ]);
  });

  it('takes options that are bare keys, and marks properties that Lime computes', () => {
    expect(propertyOf({ type: 'option', options: ['new', 520401, { key: 'old', inactive: true }] })?.options).toEqual([
      'new',
      '520401',
    ]);
    expect([propertyOf({ has_sql: true })?.computed, propertyOf({})?.computed]).toEqual([true, false]);
  });

  it.each([
    { title: 'null everywhere', property: { required: null, options: null, _links: null, has_sql: null } },
    { title: 'a type nobody has heard of', property: { type: 'hologram' } },
    { title: 'a relation without a type', property: { _links: { related_type: null } } },
  ])('may have $title', ({ property }) => {
    expect(propertyOf(property)).toMatchObject({ name: 'x', required: false, options: undefined });
  });

  it.each([
    { title: 'its properties', answer: { name: 'helpdesk' } },
    { title: 'a list of them', answer: { name: 'helpdesk', _embedded: {} } },
    { title: 'its name', answer: { _embedded: { properties: [] } } },
    { title: 'the name of one', answer: { name: 'helpdesk', _embedded: { properties: [{ type: 'string' }] } } },
  ])('is not understood without $title', ({ answer }) => {
    expect(LimetypeAnswer.safeParse(answer).success).toBe(false);
  });
});

describe('a limeobject', () => {
  it.each([
    { title: 'an option as object', object: { _id: 1, statuscolor: { id: 5, key: 'new', text: 'New' } } },
    { title: 'an option as key', object: { _id: 1, statuscolor: 'new' } },
    { title: 'an embedded relation', object: { _id: 1, _embedded: { relation_company: { _id: 2 } } } },
    { title: 'nothing but its id', object: { _id: 1 } },
  ])('may have $title, and keeps it', ({ object }) => {
    expect(Limeobject.parse(object)).toEqual(object);
  });

  it.each([{}, { _id: '1' }, { _id: 0 }, { _id: -1 }, { _id: 1.5 }, { id: 1 }, [], null, undefined, 'x'])(
    'is not %j',
    (object) => {
      expect(Limeobject.safeParse(object).success).toBe(false);
    },
  );
});

describe('the answer to a query', () => {
  it('is a list of objects with ids, and may be empty', () => {
    expect(QueryAnswer.parse({ objects: [], aggregates: {} }).objects).toEqual([]);
    expect(QueryAnswer.parse({ objects: [{ _id: 1011, company: { _id: 1014 } }] }).objects).toHaveLength(1);
  });

  it.each([{}, { objects: null }, { objects: [{ email: 'x' }] }, { _embedded: { limeobjects: [] } }])(
    'is not %j',
    (answer) => {
      expect(QueryAnswer.safeParse(answer).success).toBe(false);
    },
  );
});
