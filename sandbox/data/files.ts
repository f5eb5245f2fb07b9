import type { Disk } from './disk.ts';
import { timeText } from './swedish-time.ts';

export type StoredFile = {
  id: number;
  filename: string;
  extension: string;
  contentType: string;
  content: Uint8Array;
  changedAt: number;
};

export type Files = ReturnType<typeof createFiles>;

/** @param disk keeps the files. Default: in memory only */
export function createFiles(now: () => number, disk?: Disk) {
  const files = new Map<number, StoredFile>((disk?.files() ?? []).map((file) => [file.id, file]));

  return {
    find: (id: number): StoredFile | undefined => files.get(id),
    add(filename: string, contentType: string, content: Uint8Array): StoredFile {
      const id = 1001 + files.size;
      const extension = /\.([^.]+)$/.exec(filename)?.[1] ?? '';
      const file = { id, filename, extension, contentType, content, changedAt: now() };
      files.set(id, file);
      disk?.saveFile(file);
      return file;
    },
  };
}

/** A file's metadata as in Lime's file API. */
export function fileOut(base: string, createdBy: number, file: StoredFile) {
  return {
    id: file.id,
    filename: file.filename,
    extension: file.extension,
    size: file.content.byteLength,
    content_type: file.contentType,
    created_by: createdBy,
    locked_by: null,
    last_modified: timeText(file.changedAt),
    _links: {
      self: { href: `${base}/api/v1/file/${file.id}/` },
      contents: { href: `${base}/api/v1/file/${file.id}/contents/` },
    },
  };
}
