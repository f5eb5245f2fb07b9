import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { conversationUrl, isSignature, signatureOf } from '../../../shared/http/link.ts';

const linkKey = 'a link key for tests';
const signature = signatureOf(linkKey, '108905', '63741936');

describe('the signature of a link', () => {
  it('stays what it was: links that were handed out go on working', () => {
    expect(signatureOf('link-key-of-the-tests', '108905', '63741936')).toBe(
      'jQPlmsPXlHk-Ft8xYaGhnBwfokmwkY6ATWxvxOCuUuI',
    );
  });

  it('fits its organization and conversation', () => {
    expect(isSignature(signature, linkKey, '108905', '63741936')).toBe(true);
    expect(signature).toMatch(/^[\w-]{43}$/);
  });

  it.each([
    { title: 'another organization', given: signature, key: linkKey, organization: '108906', id: '63741936' },
    { title: 'another conversation', given: signature, key: linkKey, organization: '108905', id: '63741937' },
    {
      title: 'the same digits, split elsewhere',
      given: signature,
      key: linkKey,
      organization: '10890',
      id: '563741936',
    },
    { title: 'another key', given: signature, key: `${linkKey}!`, organization: '108905', id: '63741936' },
    { title: 'a part', given: signature.slice(0, -1), key: linkKey, organization: '108905', id: '63741936' },
    { title: 'more', given: `${signature}A`, key: linkKey, organization: '108905', id: '63741936' },
    { title: 'another case', given: signature.toUpperCase(), key: linkKey, organization: '108905', id: '63741936' },
    { title: 'nothing', given: '', key: linkKey, organization: '108905', id: '63741936' },
    { title: 'characters beyond ASCII', given: 'ä'.repeat(43), key: linkKey, organization: '108905', id: '63741936' },
  ])('does not fit $title', ({ given, key, organization, id }) => {
    expect(isSignature(given, key, organization, id)).toBe(false);
  });

  it('cannot be guessed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (guess) => {
        expect(isSignature(guess, linkKey, '108905', '63741936')).toBe(guess === signature);
      }),
    );
  });
});

describe('the link of a conversation', () => {
  it.each([63741936, '63741936', '1'.repeat(32)])('for %s leads to it and fits its signature', (id) => {
    const url = new URL(conversationUrl('https://api.example', linkKey, '108905', id));
    expect(url.origin + url.pathname).toBe(`https://api.example/108905/conversations/${id}`);
    expect([...url.searchParams.keys()]).toEqual(['signature']);
    expect(isSignature(url.searchParams.get('signature') ?? '', linkKey, '108905', String(id))).toBe(true);
  });
});
