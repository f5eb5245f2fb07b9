import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { StoredFile } from './files.ts';
import type { Row } from './store.ts';

const Stored = z.object({ id: z.int(), createdAt: z.number(), changedAt: z.number() });
const Values = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]));
const StoredRow = Stored.extend({ limetype: z.string(), values: z.string().nullable() });
const File = z.object({
  id: z.int(),
  filename: z.string(),
  extension: z.string(),
  contentType: z.string(),
  content: z.instanceof(Uint8Array),
  changedAt: z.number(),
});

/** Keeps a tenant's limeobjects and files in SQLite, each change before its request is answered. */
export type Disk = {
  /** The rows of a limetype in the order of their ids, and the next id. Undefined for an empty database. */
  rows: (limetype: string) => { rows: Row[]; nextId: number } | undefined;
  files: () => StoredFile[];
  saveRow: (limetype: string, row: Row) => void;
  /** Its id is not given again. */
  removeRow: (limetype: string, id: number) => void;
  saveFile: (file: StoredFile) => void;
  clear: () => void;
  close: () => void;
};

export function openDisk(path: string): Disk {
  const database = new DatabaseSync(path);
  // A killed process loses nothing that is in the log.
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS limeobjects (
      limetype TEXT, id INTEGER, "values" TEXT, createdAt INTEGER, changedAt INTEGER, PRIMARY KEY (limetype, id)
    );
    CREATE TABLE IF NOT EXISTS files (
      id INTEGER PRIMARY KEY, filename TEXT, extension TEXT, contentType TEXT, content BLOB, changedAt INTEGER
    );
  `);
  const rowsOf = database.prepare('SELECT * FROM limeobjects WHERE limetype = ? ORDER BY id');
  const allFiles = database.prepare('SELECT * FROM files ORDER BY id');
  const saveRow = database.prepare('INSERT OR REPLACE INTO limeobjects VALUES (?, ?, ?, ?, ?)');
  const removeRow = database.prepare('UPDATE limeobjects SET "values" = NULL WHERE limetype = ? AND id = ?');
  const saveFile = database.prepare('INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)');
  return {
    rows: (limetype) => {
      const stored = z.array(StoredRow).parse(rowsOf.all(limetype));
      const last = stored.at(-1);
      if (last === undefined) return undefined;
      const rows = stored.flatMap(({ id, values, createdAt, changedAt }) =>
        values === null ? [] : [{ id, createdAt, changedAt, values: Values.parse(JSON.parse(values)) }],
      );
      return { rows, nextId: last.id + 1 };
    },
    files: () => z.array(File).parse(allFiles.all()),
    saveRow: (limetype, { id, values, createdAt, changedAt }) => {
      saveRow.run(limetype, id, JSON.stringify(values), createdAt, changedAt);
    },
    removeRow: (limetype, id) => {
      removeRow.run(limetype, id);
    },
    saveFile: ({ id, filename, extension, contentType, content, changedAt }) => {
      saveFile.run(id, filename, extension, contentType, content, changedAt);
    },
    clear: () => database.exec('DELETE FROM limeobjects; DELETE FROM files;'),
    close: () => database.close(),
  };
}
