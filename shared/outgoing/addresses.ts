import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { BlockedUrlError } from '../errors.ts';

/**
 * True if an IP address is public. In IPv6 only global unicast without its special ranges is. An IPv6 address that
 * contains an IPv4 address leads there and is checked as IPv4.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.range() === 'unicast';
  const carried = ipv4In(parsed);
  if (carried !== undefined) return carried.range() === 'unicast';
  return parsed.match(globalUnicast) && parsed.range() === 'unicast';
}

/** RFC 4291. Everything else is reserved, local or for translators. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/** IPv6 prefixes that contain an IPv4 address, the byte at which it starts, and whether its bits are inverted. */
const carriers = [
  // IPv4-mapped and IPv4-compatible addresses: RFC 4291.
  { prefix: '::ffff:0:0/96', at: 12, isInverted: false },
  { prefix: '::/96', at: 12, isInverted: false },
  // NAT64: RFC 6052. In its local prefix, 64:ff9b:1::/48, each network chooses the position of the address.
  { prefix: '64:ff9b::/96', at: 12, isInverted: false },
  // 6to4: RFC 3056. Teredo: RFC 4380.
  { prefix: '2002::/16', at: 2, isInverted: false },
  { prefix: '2001::/32', at: 12, isInverted: true },
].map(({ prefix, ...carrier }) => ({ ...carrier, range: ipaddr.IPv6.parseCIDR(prefix) }));

function ipv4In(address: ipaddr.IPv6): ipaddr.IPv4 | undefined {
  const carrier = carriers.find(({ range }) => address.match(range));
  if (carrier === undefined) return undefined;
  const octets = address.toByteArray().slice(carrier.at, carrier.at + 4);
  return new ipaddr.IPv4(octets.map((octet) => (carrier.isInverted ? 255 - octet : octet)));
}

/** Resolves a name to all of its addresses, as `dns.lookup` does. */
export type Resolve = (
  name: string,
  options: { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A socket lookup that fails with BlockedUrlError if any address of the name is not public. The socket connects to the
 * checked address, so a later change of the name has no effect.
 */
export function publicLookup(resolve: Resolve = dnsLookup): LookupFunction {
  return (name, options, callback) =>
    resolve(name, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, []);
      const [first] = addresses;
      if (first === undefined) return callback(new BlockedUrlError('its host has no address'), []);
      if (!addresses.every(({ address }) => isPublicAddress(address))) {
        return callback(new BlockedUrlError('its host has an address that is not of the public internet'), []);
      }
      if (options.all === true) return callback(null, addresses);
      callback(null, first.address, first.family);
    });
}
