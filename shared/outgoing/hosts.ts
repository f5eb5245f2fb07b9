import { isIP } from 'node:net';
import * as z from 'zod';
import { BlockedUrlError } from '../errors.ts';

/** Hosts of Lime CRM Cloud: `{instance}.lime-crm.com` for tenants, `{instance}.testing.limecrm.cloud` for tests. */
export const limeCloudHosts = ['lime-crm.com', 'limecrm.cloud'];

/** A host that requests may go to, with its sub-domains: `lime-crm.com`, or with a port `crm.example.org:8443`. */
function isHostRule(text: string): boolean {
  const url = URL.parse(`https://${text}`);
  if (url === null || url.host !== text || isAddress(url.hostname)) return false;
  const labels = url.hostname.split('.');
  return labels.length > 1 && labels.every((label) => /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(label));
}

export const HostRules = z
  .array(z.string().refine(isHostRule, 'must be a host in lower case, such as lime-crm.com or crm.example.org:8443'))
  .min(1);

/**
 * Throws BlockedUrlError with the broken rule unless the URL is https, has no credentials, and its host is one of
 * `hosts` or a sub-domain. Compares the host as the URL parser writes it: lower case, Punycode, IPv4 as four decimal
 * numbers.
 */
export function checkUrl(url: URL, hosts: readonly string[]): void {
  if (url.protocol !== 'https:') throw new BlockedUrlError('it is not https');
  if (url.username !== '' || url.password !== '') throw new BlockedUrlError('it holds a user or a password');
  if (isAddress(url.hostname)) throw new BlockedUrlError('its host is an address, not a name');
  const isAllowed = hosts.some((rule) => url.host === rule || url.host.endsWith(`.${rule}`));
  if (!isAllowed) throw new BlockedUrlError(`its host is none of ${hosts.join(', ')}, and not below one`);
}

function isAddress(hostname: string): boolean {
  return isIP(hostname.replace(/^\[(.*)\]$/, '$1')) !== 0;
}
