import { createHash } from 'node:crypto';
import type { DigestReader } from '../../ledger/written-digests.ts';
import { createObject, type LimeFile, uploadFile } from '../../lime/requests.ts';
import { isRefusal } from '../../lime/retry.ts';
import { Limeobject, UploadedFile } from '../../lime/wire.ts';
import { relationValues } from '../../mapping/plan/found.ts';
import type { DocumentsPlan } from '../../mapping/plan/parts.ts';
import type { Media } from '../../mapping/settings/documents.ts';
import { digestOf } from '../../notes/entry.ts';
import type { FileOutcome } from '../../notes/lines/file-outcome.ts';
import type { Media as File } from '../../notes/transcript.ts';
import { type ObjectContext, queryAll, throwIfObjectGone, type WriteContext } from './context.ts';

/** The outcomes of a conversation's files by id, and the digests of those that Lime has now. */
export type Imports = { results: ReadonlyMap<string, FileOutcome>; digests: string[] };

/**
 * Stores each file of the conversation as a document, once. A rejected file is tried again with the next version. All
 * failing files share the time of one file, so that a slow host does not use up every attempt.
 */
export async function importMedia(context: WriteContext, known: DigestReader): Promise<Imports> {
  const results = new Map<string, FileOutcome>();
  const digests: string[] = [];
  const { plan, draft, now } = context;
  const { documents } = plan;
  const limits = documents?.media;
  if (documents === undefined || limits === undefined) return { results, digests };

  let secondsLeft = limits.seconds;
  const take = async (file: File): Promise<FileOutcome> => {
    const there = context.reconcileFirst ? await context.documentsThere() : new Set();
    if (idsOf(file).some((id) => there.has(identifierFor(documents, id)))) return 'imported';
    if (secondsLeft <= 0) return 'noAnswer';
    return context.limitConcurrency(async () => {
      const from = now();
      const result = await importFile(context, { ...limits, seconds: secondsLeft }, documents, file);
      if (result !== 'imported') secondsLeft -= (now() - from) / 1_000;
      return result;
    });
  };

  const files = draft.entries.flatMap(({ media }) => media ?? []);
  for (const [index, file] of files.entries()) {
    const isKnown = idsOf(file).some((id) => known.has({ digest: digestOf('document', id) }));
    const result = isKnown ? 'imported' : index < limits.most ? await take(file) : 'tooMany';
    if (result === 'imported') digests.push(digestOf('document', file.id));
    results.set(file.id, result);
  }
  return { results, digests };
}

/** Version 0.1.0 knew some files by another id. */
function idsOf({ id, legacyId }: File): string[] {
  return legacyId === undefined ? [id] : [id, legacyId];
}

async function importFile(
  context: WriteContext,
  limits: Media,
  documents: DocumentsPlan,
  { id, url, name }: File,
): Promise<FileOutcome> {
  const fetched = await context.fetchMedia(url, limits, name);
  if (!fetched.ok) return fetched.reason;
  try {
    await attach(context, documents, id, fetched);
    return 'imported';
  } catch (error) {
    // The conversation is worth more than the file. Continue without it.
    if (isRefusal(error)) return 'refused';
    throw error;
  }
}

/** Uploads a file and adds it to the limeobject as the document with this id. */
export async function attach(
  context: WriteContext,
  documents: DocumentsPlan,
  id: string,
  file: LimeFile,
): Promise<void> {
  const { found, lime, object } = context;
  const uploaded = await lime(uploadFile(file), UploadedFile);
  const values = {
    ...documents.values,
    ...relationValues(documents.relations, found),
    [documents.relation]: object.id,
    [documents.identify.property]: identifierFor(documents, id),
    [documents.file]: uploaded.id,
  };
  await throwIfObjectGone(context, lime(createObject(documents.limetype, values), Limeobject));
}

/** The identifier of a document, within the length of its property. A longer id becomes a hash. */
export function identifierFor({ identify: { length } }: DocumentsPlan, id: string): string {
  if (length === undefined || id.length <= length) return id;
  return createHash('sha256').update(id).digest('base64url').slice(0, length);
}

/** The identifiers of a limeobject's documents in Lime, requested once and only if needed. */
export function documentsOf({ plan, lime }: ObjectContext, id: number): WriteContext['documentsThere'] {
  const { documents } = plan;
  let asking: Promise<ReadonlySet<string>> | undefined;
  return () => {
    asking ??= documents === undefined ? Promise.resolve(new Set<string>()) : read(documents);
    return asking;
  };

  async function read({ limetype, relation, identify: { property } }: DocumentsPlan): Promise<ReadonlySet<string>> {
    const there = await queryAll(lime, limetype, [property], { key: relation, op: '=', exp: id });
    return new Set(there.map((document) => String(document[property]).trim()));
  }
}
