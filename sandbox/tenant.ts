import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { createFaults, type FaultInput, type Faults } from './control/faults.ts';
import { createJournal, type Journal } from './control/journal.ts';
import { createRateLimiter } from './control/rate-limit.ts';
import type { Disk } from './data/disk.ts';
import { limetypeOf } from './data/fields.ts';
import { createFiles, type Files } from './data/files.ts';
import { loadSchema, type Schema, type SchemaName } from './data/schema.ts';
import { createStore, type Store } from './data/store.ts';
import { emptyValues, type References, written } from './data/values.ts';
import { Settings, type SettingsInput } from './settings.ts';

export type TenantOptions = {
  application: string;
  schema: SchemaName;
  settings: SettingsInput;
  faults: readonly FaultInput[];
  logSize: number;
  /** Keeps limeobjects and files. Default: in memory only. */
  disk?: Disk | undefined;
  now: () => number;
  random: () => number;
};

/** The content of a Lime tenant, and its faults. A reset creates a new one. */
export type Tenant = {
  application: string;
  schema: Schema;
  store: Store;
  files: Files;
  references: References;
  settings: Settings;
  faults: Faults;
  journal: Journal;
  rateLimiter: ReturnType<typeof createRateLimiter>;
  now: () => number;
};

const Seeds = z.record(z.string(), z.array(z.record(z.string(), z.unknown())));

export function createTenant({ application, schema: schemaName, now, disk, ...options }: TenantOptions): Tenant {
  const schema = loadSchema(schemaName);
  const store = createStore(schema, now, disk);
  const files = createFiles(now, disk);
  const references: References = {
    limeobjectExists: (limetype, id) => store.find(limetype, id) !== undefined,
    fileExists: (id) => files.find(id) !== undefined,
  };
  if (isEmpty(schema, store)) plant(schemaName, schema, store, references);
  const faults = createFaults(options.random);
  faults.add(options.faults);
  return {
    application,
    schema,
    store,
    files,
    references,
    settings: Settings.parse(options.settings),
    faults,
    journal: createJournal(now, options.logSize),
    rateLimiter: createRateLimiter(),
    now,
  };
}

/** True at the first start. A kept tenant has its people already. */
function isEmpty(schema: Schema, store: Store): boolean {
  return [...schema.keys()].every((limetype) => store.all(limetype).length === 0);
}

/** Inserts invented people with reserved domains and phone numbers, through the same checks as any request. */
function plant(name: SchemaName, schema: Schema, store: Store, references: References): void {
  const file = readFileSync(new URL(`./seeds/${name}.json`, import.meta.url), 'utf8');
  for (const [limetypeName, rows] of Object.entries(Seeds.parse(JSON.parse(file)))) {
    const limetype = limetypeOf(schema, limetypeName);
    for (const row of rows) store.insert(limetypeName, written(limetype, emptyValues(limetype), row, references));
  }
}
