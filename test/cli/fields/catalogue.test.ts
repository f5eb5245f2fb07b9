import { describe, expect, it } from '@jest/globals';
import { catalogue, fieldAt } from '../../../cli/fields/catalogue.ts';
import { documentedExample } from '../../support/conversations.ts';

/** Every path of a JSON value with its value, the first of a list for all. */
function pathsIn(value: unknown, path = ''): [string, unknown][] {
  const inner =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, child]) =>
          pathsIn(child, `${path}${path === '' ? '' : '.'}${/^\d+$/.test(key) ? '0' : key}`),
        )
      : [];
  return path === '' ? inner : [[path, value], ...inner];
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'boolean') return 'yesno';
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\dT/.test(value) ? 'time' : 'text';
  return typeof value;
}

const documented = pathsIn(JSON.parse(documentedExample));

describe("the catalogue of Userlike's fields", () => {
  it('has every field of the documented payload', () => {
    const unknown = documented.map(([path]) => path).filter((path) => fieldAt(path) === undefined);
    expect(unknown).toEqual([]);
  });

  it('names no field as documented that the documented payload does not have', () => {
    const paths = new Set(documented.map(([path]) => path));
    const invented = catalogue.filter(({ path, source }) => source === 'documented' && !paths.has(path));
    // The example has no topic, and no status change as its last message.
    expect(invented.map(({ path }) => path)).toEqual([
      'topics.0',
      'topics.0.text',
      'last_message.representation',
      'last_message.status',
      'last_message.previous_status',
    ]);
  });

  it('gives each field the type that it has in the documented payload', () => {
    const wrong = documented.flatMap(([path, value]) => {
      const type = fieldAt(path)?.type;
      return value === null || type === 'free' || type === 'id' || type === typeOf(value)
        ? []
        : [{ path, value, type }];
    });
    expect(wrong).toEqual([]);
  });

  it('gives each field an example of its type', () => {
    const wrong = catalogue.filter(
      ({ type, example }) => example !== null && type !== 'free' && type !== 'id' && type !== typeOf(example),
    );
    expect(wrong).toEqual([]);
  });

  it('has each path once', () => {
    const paths = catalogue.map(({ path }) => path);
    expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([]);
  });

  it.each([
    { path: 'topics.7.text', found: 'topics.0.text' },
    { path: 'custom.order.0.number', found: 'custom' },
    { path: 'contact.custom_field_data.customer_since', found: 'contact.custom_field_data' },
    { path: 'contact.mail', found: undefined },
    { path: 'contact.email.domain', found: undefined },
  ])('finds $path as $found', ({ path, found }) => {
    expect(fieldAt(path)?.path).toBe(found);
  });
});
