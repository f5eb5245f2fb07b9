import { createHash } from 'node:crypto';
import type { DigestReader } from '../../ledger/written-digests.ts';
import { createObject, type LimeFile, uploadFile } from '../../lime/requests.ts';
import { Limeobject, UploadedFile } from '../../lime/wire.ts';
import { relationValues } from '../../mapping/plan/found.ts';
import type { DocumentsPlan } from '../../mapping/plan/parts.ts';
import type { Media } from '../../mapping/settings/documents.ts';
import { digestOf } from '../../notes/entry.ts';
import type { FileOutcome } from '../../notes/lines/file-outcome.ts';
import type { Media as File } from '../../notes/transcript.ts';
import { type Beside, isRefusal, queryAll, type Writing, whileThere } from './writing.ts';

/** What became of the files of a conversation, by their ids, and the digests of those that have come into Lime now. */
export type Imports = { results: ReadonlyMap<string, FileOutcome>; digests: string[] };

/**
 * Makes documents of the conversation's files, each once. What is not taken is tried again with the next version, and
 * may take the time of one file only: a slow host must not use up every attempt before the last file's turn.
 */
export const importMedia = async (beside: Beside, known: DigestReader): Promise<Imports> => {
  const results = new Map<string, FileOutcome>();
  const digests: string[] = [];
  const { plan, draft, look, now } = beside;
  const { documents } = plan;
  const limits = documents?.media;
  if (documents === undefined || limits === undefined) return { results, digests };

  let left = limits.seconds;
  const take = async (file: File): Promise<FileOutcome> => {
    const identify = identifyFor(documents, file.id);
    const there = look ? await beside.documentsThere() : new Set();
    if (idsOf(file).some((id) => there.has(identifyFor(documents, id)))) return 'imported';
    if (left <= 0) return 'noAnswer';
    return beside.limitConcurrency(async () => {
      const from = now();
      const result = await importFile(beside, { ...limits, seconds: left }, identify, file);
      if (result !== 'imported') left -= (now() - from) / 1_000;
      return result;
    });
  };

  const files = draft.entries.flatMap(({ media }) => media ?? []);
  for (const [index, file] of files.entries()) {
    const isThere = idsOf(file).some((id) => known.has({ digest: digestOf('document', id) }));
    const result = isThere ? 'imported' : index < limits.most ? await take(file) : 'tooMany';
    if (result === 'imported') digests.push(digestOf('document', file.id));
    results.set(file.id, result);
  }
  return { results, digests };
};

/** Version 0.1.0 knew some files by another id. */
const idsOf = ({ id, legacyId }: File): string[] => (legacyId === undefined ? [id] : [id, legacyId]);

const importFile = async (
  beside: Beside,
  limits: Media,
  identify: string,
  { url, name }: { url: string; name: string },
): Promise<FileOutcome> => {
  const fetched = await beside.fetchMedia(url, limits, name);
  if (!fetched.ok) return fetched.reason;
  try {
    await attach(beside, identify, fetched);
    return 'imported';
  } catch (error) {
    // The conversation is worth more than the file: it goes on without.
    if (isRefusal(error)) return 'refused';
    throw error;
  }
};

/** Uploads a file and hangs it on the limeobject as a document. Between the two it is in Lime, but nowhere to be seen. */
export const attach = async (beside: Beside, identify: string, file: LimeFile): Promise<void> => {
  const { plan, found, progress, lime, id } = beside;
  const { documents } = plan;
  if (documents === undefined) return;
  const uploaded = await lime(uploadFile(file), UploadedFile);
  const values = {
    ...documents.values,
    ...relationValues(documents.relations, found),
    [documents.relation]: id,
    [documents.identify.property]: identify,
    [documents.file]: uploaded.id,
  };
  await whileThere(beside, lime(createObject(documents.limetype, values), Limeobject));
  progress.partial = true;
};

/** What tells a document apart, in the length of its property: a longer id becomes a hash. */
export const identifyFor = ({ identify: { length } }: DocumentsPlan, id: string): string =>
  length === undefined || id.length <= length
    ? id
    : createHash('sha256').update(id).digest('base64url').slice(0, length);

/** What tells the documents of a limeobject apart, as Lime has it. */
export const identifiersOf = async (
  { lime }: Writing,
  { limetype, relation, identify: { property } }: DocumentsPlan,
  id: number,
): Promise<ReadonlySet<string>> => {
  const documents = await queryAll(lime, limetype, [property], { key: relation, op: '=', exp: id });
  return new Set(documents.map((document) => String(document[property]).trim()));
};
