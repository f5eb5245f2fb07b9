declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** The used part of the package's options. Times are in milliseconds. */
  export default function dynalite(options?: { createTableMs?: number }): Server;
}
