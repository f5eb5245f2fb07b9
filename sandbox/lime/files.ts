import { API_USER_ID } from '../data/fields.ts';
import { fileOut, type StoredFile } from '../data/files.ts';
import { HttpError, notFound, ValidationError } from '../http/errors.ts';
import { bytes, json, type Reply } from '../http/reply.ts';
import type { Route } from '../http/router.ts';
import { idOf, type LimeRequest } from './request.ts';

function upload({ tenant, base, header, body }: LimeRequest): Reply {
  const filename = filenameOf(header('content-disposition'));
  if (filename === undefined) throw new ValidationError({ filename: ['Content-Disposition must give a filename'] });
  if (body.byteLength > tenant.settings.maxFileBytes) throw new HttpError(413, 'The file is too large');
  const file = tenant.files.add(filename, header('content-type') ?? 'application/octet-stream', body);
  return json(201, fileOut(base, API_USER_ID, file));
}

/** Takes the form of Lime's n8n node, `;filename*="UTF-8''chat%20123.txt"`, and the plain `filename="chat.txt"`. */
function filenameOf(disposition: string | undefined): string | undefined {
  const encoded = /filename\*\s*=\s*"?UTF-8''([^";]+)/i.exec(disposition ?? '')?.[1];
  const plain = /filename\s*=\s*(?:"([^"]+)"|([^";]+))/i.exec(disposition ?? '');
  try {
    return encoded === undefined ? (plain?.[1] ?? plain?.[2]?.trim()) : decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}

function stored({ tenant }: LimeRequest, id: string): StoredFile {
  const file = tenant.files.find(idOf(id));
  if (file === undefined) throw notFound('File not found');
  return file;
}

export const fileRoutes: readonly Route<LimeRequest, Reply>[] = [
  { method: 'POST', path: '/api/v1/file/', handle: upload },
  {
    method: 'GET',
    path: '/api/v1/file/:id/',
    handle: (request, param) => json(200, fileOut(request.base, API_USER_ID, stored(request, param('id')))),
  },
  {
    method: 'GET',
    path: '/api/v1/file/:id/contents/',
    handle: (request, param) => {
      const { content, contentType, filename } = stored(request, param('id'));
      return bytes(content, {
        'content-type': contentType,
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(filename)}`,
      });
    },
  },
];
