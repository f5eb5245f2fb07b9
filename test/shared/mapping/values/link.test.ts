import { describe, expect, it } from '@jest/globals';
import { isUnsafeLink } from '../../../../shared/mapping/values/link.ts';
import { toWire } from '../../../../shared/mapping/values/value.ts';
import { aProperty } from '../../../support/mapping/builders.ts';

describe('a link', () => {
  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'java\tscript\u0000:alert(1)',
    '\u200bjavascript:alert(1)',
    '\u0001javascript:alert(1)',
    'javascript :alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://example.org/1',
    'ms-word:ofe|u|https://example.org',
  ])('that a browser would run is unsafe: %j', (text) => {
    expect(isUnsafeLink(text)).toBe(true);
  });

  it.each([
    'https://example.org/a:b',
    'HTTP://example.org',
    'mailto:ada@example.org',
    'tel:+46701234567',
    'ada@example.org',
    'example.org/javascript:1',
    'example.org:8080',
    '/path?x=javascript:1',
    '//example.org',
    ':',
    '',
  ])('that leads to a page, a mail or a call is not: %j', (text) => {
    expect(isUnsafeLink(text)).toBe(false);
  });

  it('that is unsafe is left out of a property of that type, and named', () => {
    const property = aProperty('link', { length: 100 });
    const rule = 'unsafeLink';

    expect(toWire('javascript:alert(1)', property, 'UTC')).toEqual({ rule });
    expect(toWire(['ada@example.org', 'data:x'], property, 'UTC')).toEqual({ rule });
    expect(toWire('ada@example.org', property, 'UTC')).toEqual({ value: 'ada@example.org' });
    expect(toWire('javascript:alert(1)', { ...property, type: 'text' }, 'UTC')).toEqual({
      value: 'javascript:alert(1)',
    });
  });
});
