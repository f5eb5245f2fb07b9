import { isIP } from 'node:net';
import * as z from 'zod';
import { BlockedUrlError } from '../errors.ts';

/** Lime CRM Cloud: tenants are `{instance}.lime-crm.com`, those for tests `{instance}.testing.limecrm.cloud`. */
export const limeCloudHosts = ['lime-crm.com', 'limecrm.cloud'];

/** A host that requests may go to, with everything below it: `lime-crm.com`, or with a port `crm.example.org:8443`. */
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
 * Throws BlockedUrlError, which names the rule, unless the URL is https, without user or password, and its host is one
 * of `hosts` or below it. What is compared is the host as the URL parser writes it: lower case, IDN as Punycode, each
 * notation of an IPv4 address as four decimal numbers.
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
