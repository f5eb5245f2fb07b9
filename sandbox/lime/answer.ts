import { HttpError, ValidationError } from '../http/errors.ts';
import { htmlError, json, message, type Reply } from '../http/reply.ts';
import { findRoute } from '../http/router.ts';
import type { Settings } from '../settings.ts';
import type { LimeRequest } from './request.ts';
import { limeRoutes } from './routes.ts';

/** Lime's response to a request. @param path the encoded path below the application */
export async function limeAnswer(request: LimeRequest, method: string, path: string): Promise<Reply> {
  const { settings } = request.tenant;
  const key = request.header('x-api-key');
  if (key !== settings.apiKey) return message(401, key === undefined ? 'Authentication required' : 'Invalid API key');
  if (settings.readOnly && method !== 'GET') return message(403, 'The user of this API key may not do this');
  try {
    return typed(await routed(request, method, path), request.header('accept'));
  } catch (error) {
    return refusal(error, settings);
  }
}

/** Responds with HAL to clients that ask for it, as most do. */
function typed(reply: Reply, accept: string | undefined): Reply {
  const hal =
    reply.status < 300 && reply.headers['content-type'] === 'application/json' && accept?.includes('hal+json');
  return hal ? { ...reply, headers: { ...reply.headers, 'content-type': 'application/hal+json' } } : reply;
}

async function routed(request: LimeRequest, method: string, path: string): Promise<Reply> {
  const found = findRoute(limeRoutes, method, path);
  switch (found.kind) {
    case 'nothing':
      return message(404, `Not found: ${path}`);
    case 'method not allowed':
      return message(405, 'The method is not allowed for the requested URL.', { allow: found.allow });
    case 'slash missing': {
      const query = request.search.size > 0 ? `?${request.search}` : '';
      return slashMissing(method, `${request.base}${path}/${query}`);
    }
    default:
      return found.route.handle(request, found.param);
  }
}

/** Redirects only a GET to the address with the slash, because a redirected POST may lose its body. */
function slashMissing(method: string, location: string): Reply {
  return method === 'GET'
    ? message(308, 'Moved Permanently', { location })
    : message(400, `This address ends with a slash, and a redirected ${method} would lose its body: ${location}`);
}

function refusal(error: unknown, settings: Settings): Reply {
  if (error instanceof ValidationError) return validationError(error, settings.errors);
  if (error instanceof HttpError) return message(error.status, error.message, error.headers);
  throw error;
}

/** Lime documents neither status nor body of validation errors. All of these forms are possible. */
function validationError({ message: text, problems }: ValidationError, form: Settings['errors']): Reply {
  if (form === 500) return htmlError(500, 'Internal Server Error');
  return form === 422 ? json(422, { message: problems }) : message(400, text);
}
