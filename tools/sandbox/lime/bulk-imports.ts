import * as z from 'zod';
import { comparable, operandOf } from '../data/conditions.ts';
import { API_USER_ID, fieldOf, limetypeOf, relatedLimetype } from '../data/fields.ts';
import { type Counts, type Job, Metadata } from '../data/imports.ts';
import type { Limetype } from '../data/schema.ts';
import type { Row } from '../data/store.ts';
import { timeText } from '../data/swedish-time.ts';
import { emptyValues, written } from '../data/values.ts';
import { Invalid, notFound, Refused } from '../http/refused.ts';
import { json, type Reply } from '../http/reply.ts';
import type { Route } from '../http/router.ts';
import type { Tenant } from '../tenant.ts';
import { idOf, jsonBody, type LimeRequest, parsed } from './request.ts';

const ImportRow = z.object({ values: z.record(z.string(), z.unknown()), extras: z.unknown().optional() });
type ImportRow = z.infer<typeof ImportRow>;

type Result = Exclude<keyof Counts, 'total'>;

function createJob(request: LimeRequest): Reply {
  const { tenant } = request;
  const metadata = parsed(Metadata, jsonBody(request));
  limetypeOf(tenant.schema, metadata.limetype);
  if (metadata.mode !== 'create' && metadata.matchingProperty === undefined) {
    throw new Invalid({ matchingProperty: ['is required in this mode'] });
  }
  const job: Job = {
    id: 1001 + tenant.imports.size,
    createdBy: API_USER_ID,
    fileId: null,
    status: 'waiting_for_data',
    startedAt: null,
    endedAt: null,
    metadata,
    result: null,
    extras: null,
  };
  tenant.imports.set(job.id, job);
  return json(201, job);
}

async function takeData(request: LimeRequest, param: (name: string) => string): Promise<Reply> {
  const { tenant, body, header } = request;
  const job = storedJob(request, param('id'));
  if (job.status !== 'waiting_for_data') throw new Refused(409, `The import is ${job.status}`);
  const form = await new Response(body, { headers: { 'content-type': header('content-type') ?? '' } })
    .formData()
    .catch(() => undefined);
  const part = form?.get('file');
  if (!(part instanceof File)) throw new Invalid({ file: ['a multipart part named file is required'] });
  const content = await part.bytes();
  parsed(z.array(ImportRow), jsonBody({ header: () => part.type, body: content }));
  job.fileId = tenant.files.add(part.name, part.type, content).id;
  job.status = 'ready';
  return json(200, job);
}

function storedJob({ tenant }: LimeRequest, id: string): Job {
  const job = tenant.imports.get(idOf(id));
  if (job === undefined) throw notFound('Bulk import not found');
  return job;
}

/** One step further for each look at it: `ready`, `running`, then the end. */
function readJob(request: LimeRequest, param: (name: string) => string): Reply {
  const { tenant } = request;
  const job = storedJob(request, param('id'));
  const answer = json(200, job);
  if (job.status === 'ready') {
    job.status = 'running';
    job.startedAt = timeText(tenant.now());
    job.extras = { task_id: `task-${job.id}` };
  } else if (job.status === 'running') {
    const content = tenant.files.find(job.fileId ?? 0)?.content;
    const rows = parsed(z.array(ImportRow), JSON.parse(new TextDecoder().decode(content)));
    job.result = run(tenant, job, rows);
    job.status = job.result.failed > 0 && job.result.failed === job.result.total ? 'failed' : 'succeeded';
    job.endedAt = timeText(tenant.now());
  }
  return answer;
}

function run(tenant: Tenant, job: Job, rows: readonly ImportRow[]): Counts {
  const counts: Counts = { total: rows.length, created: 0, updated: 0, skipped: 0, failed: 0 };
  for (const row of rows) {
    try {
      counts[importRow(tenant, job, row)] += 1;
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      counts.failed += 1;
    }
  }
  return counts;
}

/** Bulk imports run no automations and no webhooks (documented by Lime). */
function importRow(tenant: Tenant, { metadata }: Job, { values }: ImportRow): Result {
  const { mode, matchingProperty } = metadata;
  const limetype = limetypeOf(tenant.schema, metadata.limetype);
  const sent = resolved(tenant, limetype, metadata.properties, values);
  const matches =
    matchingProperty === undefined
      ? []
      : tenant.store.all(limetype.name).filter(sameAs(limetype, matchingProperty, sent[matchingProperty]));
  const [match, ...more] = matches;
  if (more.length > 0) return 'failed';
  if (match === undefined) {
    if (mode === 'update') return 'skipped';
    tenant.store.insert(limetype.name, written(limetype, emptyValues(limetype), sent, tenant.references));
    return 'created';
  }
  if (mode === 'create') return 'skipped';
  tenant.store.update(match, written(limetype, match.values, sent, tenant.references));
  return 'updated';
}

/** The row's values with relations looked up; a lookup that does not find exactly one refuses the row. */
function resolved({ schema, store }: Tenant, limetype: Limetype, properties: string[], values: ImportRow['values']) {
  const lookups = new Map(
    properties.map((path): [string, string | undefined] => [path.split('.')[0] ?? '', path.split('.')[1]]),
  );
  const entries = Object.entries(values).map(([name, raw]): [string, unknown] => {
    const by = lookups.get(name);
    const related = by === undefined ? undefined : relatedLimetype(schema, limetype, name);
    if (by === undefined || related === undefined) return [name, raw];
    const [match, ...more] = store.all(related.name).filter(sameAs(related, by, raw));
    if (match === undefined || more.length > 0) throw new Invalid({ [name]: ['the lookup does not find exactly one'] });
    return [name, match.id];
  });
  return Object.fromEntries(entries);
}

function sameAs(limetype: Limetype, property: string, raw: unknown) {
  const field = fieldOf(limetype, property);
  const wanted = field && operandOf(field, raw);
  return (row: Row) => field !== undefined && wanted !== undefined && comparable(field.read(row)) === wanted;
}

function ifInstalled(handle: Route<LimeRequest, Reply | Promise<Reply>>['handle']): typeof handle {
  return (request, param) => {
    if (!request.tenant.settings.bulkImport) throw notFound('Not found');
    return handle(request, param);
  };
}

const ROOT = '/limepkg-mbeku-bulk-import/bulk-imports';

export const bulkImportRoutes: readonly Route<LimeRequest, Reply | Promise<Reply>>[] = [
  { method: 'POST', path: `${ROOT}/`, handle: ifInstalled(createJob) },
  { method: 'POST', path: `${ROOT}/:id`, handle: ifInstalled(takeData) },
  { method: 'GET', path: `${ROOT}/:id`, handle: ifInstalled(readJob) },
];
