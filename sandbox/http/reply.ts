/** A response as data. Only the server writes to a socket. */
export type Reply = { status: number; headers: Readonly<Record<string, string>>; body: string | Uint8Array };

export type Headers = Readonly<Record<string, string>>;

export function json(status: number, value: unknown, headers: Headers = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(value),
  };
}

/** Lime's known form of errors: `{"message": …}`. */
export function message(status: number, text: string, headers: Headers = {}): Reply {
  return json(status, { message: text }, headers);
}

export function html(status: number, document: string, headers: Headers = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
    body: document,
  };
}

/** A plain page, as servers and firewalls in front of Lime send. */
export function htmlError(status: number, title: string, headers: Headers = {}): Reply {
  return html(
    status,
    `<html>\r\n<head><title>${status} ${title}</title></head>\r\n<body>\r\n<center><h1>${status} ${title}</h1></center>\r\n</body>\r\n</html>\r\n`,
    headers,
  );
}

export function bytes(content: Uint8Array, headers: Headers): Reply {
  return { status: 200, headers, body: content };
}

export const noContent: Reply = { status: 204, headers: {}, body: '' };
