import type { LimeError } from '../../shared/errors.ts';
import { printable } from '../printable.ts';

/** Describes what is wrong with a tenant's address or key. */
export function explainLime({ failure, status, message: text }: LimeError): string {
  const message = printable(text);
  if (failure === 'denied') return `Lime refuses the key: ${message}`;
  if (status === undefined) return `Lime is out of reach, check the address: ${message}`;
  if (status === 404 || failure === 'gone') {
    return `Lime was not found, end the address with the application's name: ${message}`;
  }
  if (status >= 300 && status < 400) return `Lime redirects, check the address: ${message}`;
  if (failure === 'overloaded') return `Lime is overloaded, try again in a minute: ${message}`;
  return `Lime: ${message}`;
}
