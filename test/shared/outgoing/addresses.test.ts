import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BlockedUrlError } from '../../../shared/errors.ts';
import { isPublicAddress, publicLookup } from '../../../shared/outgoing/addresses.ts';

function hex(high = 0, low = 0): string {
  return (high * 256 + low).toString(16);
}

type Octets = readonly [number, number, number, number];

/** Ways in which IPv6 carries an address of IPv4. */
const carriers: { title: string; of: (octets: Octets) => string }[] = [
  { title: 'mapped', of: (octets) => `::ffff:${octets.join('.')}` },
  { title: 'compatible', of: ([a, b, c, d]) => `::${hex(a, b)}:${hex(c, d)}` },
  { title: 'NAT64', of: ([a, b, c, d]) => `64:ff9b::${hex(a, b)}:${hex(c, d)}` },
  { title: '6to4', of: ([a, b, c, d]) => `2002:${hex(a, b)}:${hex(c, d)}::1` },
  {
    title: 'Teredo',
    of: ([a, b, c, d]) => `2001:0:4136:e378:8000:63bf:${hex(255 - a, 255 - b)}:${hex(255 - c, 255 - d)}`,
  },
];

describe('an address', () => {
  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '169.253.0.1', '2a05:d014::1', '2606:4700::1111', '2001:200::1'])(
    '%s is public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each(carriers)('of IPv4 in its $title form is judged as that', ({ of }) => {
    const octet = fc.nat(255);
    fc.assert(
      fc.property(fc.tuple(octet, octet, octet, octet), (octets) => {
        expect([octets, isPublicAddress(of(octets))]).toEqual([octets, isPublicAddress(octets.join('.'))]);
      }),
    );
    expect([of([8, 8, 8, 8]), of([169, 254, 169, 254])].map(isPublicAddress)).toEqual([true, false]);
  });

  it.each([
    { title: 'loopback', addresses: ['127.0.0.1', '127.255.255.254', '::1'] },
    { title: 'private', addresses: ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fd00::1', 'fc00::1'] },
    { title: 'link-local', addresses: ['169.254.0.1', 'fe80::1'] },
    { title: 'the metadata of a cloud', addresses: ['169.254.169.254', '169.254.170.2', 'fd00:ec2::254'] },
    { title: "a carrier's", addresses: ['100.64.0.1', '100.127.255.255'] },
    { title: 'unspecified', addresses: ['0.0.0.0', '0.1.2.3', '::'] },
    { title: 'multicast or broadcast', addresses: ['224.0.0.1', '255.255.255.255', 'ff02::1'] },
    {
      title: 'reserved',
      addresses: ['240.0.0.1', '192.0.0.1', '192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1'],
    },
    { title: 'for benchmarks', addresses: ['198.18.0.1'] },
    {
      title: 'one of them in IPv6',
      addresses: ['::ffff:127.0.0.1', '::ffff:a9fe:a9fe', '::ffff:10.0.0.1', '::a9fe:a9fe', '::127.0.0.1'],
    },
    { title: 'a tunnel or translator to one', addresses: ['64:ff9b::7f00:1', '2002:7f00:1::', '2001::1'] },
    { title: "a translator's own", addresses: ['64:ff9b:1::a9fe:a9fe', '64:ff9b:1::808:808', '::ffff:0:808:808'] },
    { title: 'discarded, or next to what is', addresses: ['100::1', '100:0:0:1::1', '100:1::1', '1ff:ffff::1'] },
    {
      title: 'outside of global unicast',
      addresses: ['::1:0:0:1', '64:ff9b:0:1::1', '400::1', '1fff::1', '4000::1', '5f00::1', 'fec0::1', 'fe00::1'],
    },
    { title: 'special within global unicast', addresses: ['2001:2::1', '2001:20::1', '2001:1ff::1', '3fff:fff::1'] },
    { title: 'none', addresses: ['', 'localhost', '127.0.0.1.example.org'] },
  ])('that is $title is not public', ({ addresses }) => {
    expect(addresses.filter(isPublicAddress)).toEqual([]);
  });
});

function lookUp(addresses: LookupAddress[], all: boolean) {
  return new Promise<unknown[]>((resolve) => {
    publicLookup((_name, _options, callback) => callback(null, addresses))('acme.lime-crm.com', { all }, (...answer) =>
      resolve(answer),
    );
  });
}

const one = { address: '8.8.8.8', family: 4 };
const other = { address: '2a05:d014::1', family: 6 };

describe('a lookup', () => {
  it('asks for all addresses, of the family that the socket wants', async () => {
    const asked: unknown[] = [];
    publicLookup((name, options) => void asked.push(name, options))('acme.lime-crm.com', { family: 4 }, () => {});

    expect(asked).toEqual(['acme.lime-crm.com', { family: 4, all: true }]);
  });

  it('answers all addresses, or the first one, as the socket asks', async () => {
    expect(await lookUp([one, other], true)).toEqual([null, [one, other]]);
    expect(await lookUp([one, other], false)).toEqual([null, '8.8.8.8', 4]);
  });

  it.each([
    { title: 'the only address', addresses: [{ address: '127.0.0.1', family: 4 }] },
    { title: 'the last of several', addresses: [one, other, { address: '::ffff:10.0.0.1', family: 6 }] },
    { title: 'the first of several', addresses: [{ address: '169.254.169.254', family: 4 }, one] },
  ])('refuses a name of which $title is not public', async ({ addresses }) => {
    for (const all of [true, false]) {
      const [error, answered] = await lookUp(addresses, all);
      expect(error).toEqual(new BlockedUrlError('its host has an address that is not of the public internet'));
      expect(answered).toEqual([]);
    }
  });

  it('refuses a name without any address', async () => {
    expect(await lookUp([], true)).toEqual([new BlockedUrlError('its host has no address'), []]);
  });

  it('hands on why a name could not be resolved', async () => {
    const failure = Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
    const answered = await new Promise((resolve) => {
      publicLookup((_name, _options, callback) => callback(failure, [one]))('lime.invalid', {}, resolve);
    });
    expect(answered).toBe(failure);
  });
});
