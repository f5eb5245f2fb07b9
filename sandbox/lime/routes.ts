import { json, type Reply } from '../http/reply.ts';
import type { Route } from '../http/router.ts';
import { fileRoutes } from './files.ts';
import { limeobjectRoutes } from './limeobjects.ts';
import { limetypeRoutes } from './limetypes.ts';
import { queryRoutes } from './query.ts';
import type { LimeRequest } from './request.ts';

/** The API root. Its content is not published; Lime's own n8n node only checks for a 2xx. */
const root: Route<LimeRequest, Reply> = {
  method: 'GET',
  path: '/api/v1/',
  handle: ({ base }) => {
    const link = (path: string) => ({ href: `${base}/api/v1/${path}` });
    return json(200, {
      _links: { self: link(''), limetype: link('limetype/'), query: link('query/'), file: link('file/') },
    });
  },
};

export const limeRoutes: readonly Route<LimeRequest, Reply | Promise<Reply>>[] = [
  root,
  ...limeobjectRoutes,
  ...limetypeRoutes,
  ...queryRoutes,
  ...fileRoutes,
];
