/** Writes one JSON line to stderr, because stdout has only the `ready` line and the example. */
export type Log = (level: 'INFO' | 'WARN' | 'ERROR', message: string, fields?: Record<string, unknown>) => void;

export const log: Log = (level, message, fields = {}) => {
  console.error(JSON.stringify({ level, timestamp: new Date().toISOString(), service: 'local', message, ...fields }));
};
