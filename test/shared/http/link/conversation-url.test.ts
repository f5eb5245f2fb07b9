import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  conversationUrl,
  expiryOf,
  isSignature,
  isValidLink,
  signatureOf,
} from '../../../../shared/http/link/conversation-url.ts';
import { anyText } from '../../../support/any-conversations.ts';

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
      fc.property(anyText, (guess) => {
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

describe('a link that expires', () => {
  const now = Date.parse('2026-11-22T10:00:00Z');
  function linkIn(url: string) {
    const { signature = '', expires } = Object.fromEntries(new URL(url).searchParams);
    return { organization: '108905', conversation: '63741936', signature, expires };
  }
  const days = 30;
  const link = linkIn(conversationUrl('https://api.example', linkKey, '108905', 63741936, expiryOf(now, days)));

  it('leads to its conversation until its lifetime is over', () => {
    const end = now + days * 86_400_000;

    expect(link.expires).toBe(String(end / 1_000));
    expect([now, end - 1, end].map((at) => isValidLink({ linkKey }, link, at))).toEqual([true, true, false]);
  });

  it.each([
    { title: 'a later end', changed: { ...link, expires: String(Number(link.expires) + 1) } },
    { title: 'no end', changed: { ...link, expires: undefined } },
    { title: 'an end that is no number', changed: { ...link, expires: 'never' } },
    { title: 'an end beyond all numbers', changed: { ...link, expires: '9'.repeat(400) } },
    { title: 'an end written otherwise', changed: { ...link, expires: `0${link.expires}` } },
  ])('cannot be given $title', ({ changed }) => {
    expect(isValidLink({ linkKey }, changed, now)).toBe(false);
  });

  it('cannot be made of one that lasts', () => {
    expect(isValidLink({ linkKey }, { ...link, signature }, now)).toBe(false);
    expect(isValidLink({ linkKey }, { ...link, signature, expires: undefined }, now)).toBe(true);
  });
});

describe('a link of the former link key', () => {
  const link = { organization: '108905', conversation: '63741936', signature };

  it.each([
    {
      title: 'is taken beside the new key',
      keys: { linkKey: 'the new link key', previousLinkKey: linkKey },
      taken: true,
    },
    { title: 'is not taken without it', keys: { linkKey: 'the new link key' }, taken: false },
    {
      title: 'is not taken beside another',
      keys: { linkKey: 'the new link key', previousLinkKey: 'some other link key' },
      taken: false,
    },
  ])('$title', ({ keys, taken }) => {
    expect(isValidLink(keys, link, 0)).toBe(taken);
  });
});
