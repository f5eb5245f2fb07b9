declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** The options that are used here. Times are in milliseconds. */
  export default function dynalite(options?: { createTableMs?: number; path?: string }): Server;
}
