declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** The part that is used of the package's options; times are in milliseconds. */
  export default function dynalite(options?: { createTableMs?: number }): Server;
}
