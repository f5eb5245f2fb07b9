import { describe, expect, it } from '@jest/globals';
import { isAllowedType, isAllowedUrl } from '../../../shared/media/allowed.ts';

const hosts = ['userlike.com', 'files.example.org'];

describe('the URL of a file', () => {
  it.each([
    'https://userlike.com/a',
    'https://www.userlike.com/a',
    'https://USERLIKE.com/a',
    'https://userlike.com:443/a',
    'https://cdn.files.example.org/a',
  ])('%s is allowed', (url) => expect(isAllowedUrl(new URL(url), hosts)).toBe(true));

  it.each([
    'http://userlike.com/a',
    'https://notuserlike.com/a',
    'https://userlike.com.example.net/a',
    'https://userlike.com./a',
    'https://example.org/a',
    'https://userlike.com:8443/a',
    'https://user@userlike.com/a',
    'https://:password@userlike.com/a',
    'https://userlike.com@example.net/a',
    'https://127.0.0.1/a',
    'ftp://userlike.com/a',
    'data:text/plain,userlike.com',
  ])('%s is not', (url) => expect(isAllowedUrl(new URL(url), hosts)).toBe(false));
});

describe('a content type', () => {
  const types = ['image/*', 'application/pdf'];

  it.each(['image/png', 'IMAGE/PNG', 'application/pdf; name=x', ' application/pdf '])('%s is taken', (type) =>
    expect(isAllowedType(type, types)).toBe(true),
  );

  it.each([
    '',
    'image',
    'image/svg+xml',
    'Image/SVG+XML; charset=utf-8',
    'imagery/png',
    'application/pdfx',
    'text/html',
    'x/image/png',
  ])('"%s" is not', (type) => expect(isAllowedType(type, types)).toBe(false));

  it('that runs something is taken only where it is named in full', () => {
    expect(isAllowedType('image/svg+xml', ['image/svg+xml'])).toBe(true);
    expect(isAllowedType('text/html', ['text/*'])).toBe(false);
    expect(isAllowedType('application/xml', ['application/*'])).toBe(false);
  });
});
