import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { BlockedUrlError } from '../errors.ts';

/** Whether an IP address is one of the public internet; IPv4 in the clothes of IPv6 counts as what it is. */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

/** Resolves a name to all of its addresses, as `dns.lookup` does. */
export type Resolve = (
  name: string,
  options: { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A lookup for sockets that fails with BlockedUrlError where any of a name's addresses is private, loopback, link-local
 * or otherwise not of the public internet. The socket connects to what the lookup has checked, so a name that resolves
 * differently a moment later changes nothing.
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
