import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { readOptions } from '../../sandbox/options.ts';
import { aSandbox, aTicket } from '../support/tools/a-sandbox.ts';

const Arrivals = z.object({ requests: z.int() });

const helpdesk = '/api/v1/limeobject/helpdesk/';

describe('the API root', () => {
  it('is answered with the right key', async () => {
    await using lime = await aSandbox();
    const { status, body } = await lime.call('GET', '/api/v1/');
    expect(status).toBe(200);
    expect(body).toMatchObject({ _links: { self: { href: `${lime.sandbox.url}/api/v1/` } } });
  });

  it('has the application in its path, blanks and all', async () => {
    await using lime = await aSandbox({ application: 'Lime CRM' });
    expect(lime.sandbox.url).toBe(`http://127.0.0.1:${lime.sandbox.port}/Lime%20CRM`);
    const { body } = await lime.call('GET', '/api/v1/');
    expect(body).toMatchObject({ _links: { self: { href: `${lime.sandbox.url}/api/v1/` } } });
    expect((await lime.control('GET', '/lime/api/v1/')).status).toBe(404);
  });
});

describe('a key', () => {
  it.each([
    { title: 'is missing', headers: {}, status: 401 },
    { title: 'is wrong', headers: { 'x-api-key': 'local-lime-kez' }, status: 401 },
    { title: 'comes by another way', headers: { authorization: 'Bearer local-lime-key' }, status: 401 },
    { title: 'is right', headers: { 'X-API-KEY': 'local-lime-key' }, status: 200 },
  ])('that $title is answered with $status', async ({ headers, status }) => {
    await using lime = await aSandbox();
    const answer = await fetch(`${lime.sandbox.url}${helpdesk}`, { headers: new Headers(headers) });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject(status === 200 ? {} : { message: expect.any(String) });
  });

  it('may be of a user who can only read', async () => {
    await using lime = await aSandbox({ settings: { readOnly: true } });
    for (const [method, path] of [
      ['POST', helpdesk],
      ['PUT', `${helpdesk}1001/`],
      ['DELETE', `${helpdesk}1001/`],
    ] as const) {
      expect(await lime.call(method, path, aTicket())).toMatchObject({
        status: 403,
        body: { message: expect.any(String) },
      });
    }
    expect((await lime.call('GET', `${helpdesk}1001/`)).body).toMatchObject({ title: 'Cannot log in' });
  });

  it('dies when a new one takes its place', async () => {
    await using lime = await aSandbox();
    lime.sandbox.changeSettings({ apiKey: 'second' });
    expect((await lime.call('GET', '/api/v1/')).status).toBe(401);
    expect((await lime.call('GET', '/api/v1/', undefined, { 'x-api-key': 'second' })).status).toBe(200);
  });
});

describe('an address without its last slash', () => {
  it('is redirected for GET, query included', async () => {
    await using lime = await aSandbox({ application: 'Lime CRM' });
    const answer = await lime.call('GET', '/api/v1/limeobject/person?_limit=2');
    expect(answer.status).toBe(308);
    expect(answer.headers.get('location')).toBe(`${lime.sandbox.url}/api/v1/limeobject/person/?_limit=2`);
  });

  it.each(['POST', 'PUT', 'DELETE'])('is refused loudly for %s', async (method) => {
    await using lime = await aSandbox();
    const path = method === 'POST' ? '/api/v1/limeobject/helpdesk' : '/api/v1/limeobject/helpdesk/1001';
    const answer = await lime.call(method, path, aTicket());
    expect(answer).toMatchObject({ status: 400, body: { message: expect.stringContaining('slash') } });
    expect(lime.sandbox.objects('helpdesk')).toMatchObject([{ _id: 1001, title: 'Cannot log in' }]);
  });
});

describe('an address that is not there', () => {
  it.each([
    { method: 'GET', path: '/api/v2/', status: 404 },
    { method: 'GET', path: '/api/v1/limeobject/nosuch/', status: 404 },
    { method: 'POST', path: '/api/v1/limeobject/nosuch/', status: 404 },
    { method: 'GET', path: '/api/v1/limeobject/person/abc/', status: 404 },
    { method: 'GET', path: '/api/v1/limeobject/person/0x3e9/', status: 404 },
    { method: 'GET', path: '/api/v1/limeobject/%E0%A4%A/', status: 404 },
    { method: 'PATCH', path: '/api/v1/limeobject/person/1001/', status: 405 },
    { method: 'POST', path: '/api/v1/limeobject/helpdesk/1001/history/', status: 405 },
    { method: 'POST', path: '/api/v1/query/', status: 405 },
  ])('is answered with $status for $method $path', async ({ method, path, status }) => {
    await using lime = await aSandbox();
    const answer = await lime.call(method, path, method === 'GET' ? undefined : {});
    expect(answer).toMatchObject({ status, body: { message: expect.any(String) } });
  });
});

describe('a method that an address has not', () => {
  it('is answered with those it has', async () => {
    await using lime = await aSandbox();
    const { headers } = await lime.call('PATCH', `${helpdesk}1001/`, {});
    expect(headers.get('allow')).toBe('GET, PUT, DELETE');
  });
});

describe('the program', () => {
  const started: ChildProcess[] = [];
  const start = (...args: string[]) => {
    const program = spawn(process.execPath, ['sandbox/main.ts', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    started.push(program);
    return program;
  };

  afterEach(() => {
    for (const program of started.splice(0)) program.kill('SIGKILL');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'says where it listens and ends at %s with a request still open',
    async (signal) => {
      const program = start('--port', '0', '--application', 'my app', '--api-key', 'other');
      const exit = once(program, 'exit');
      const [line] = await once(createInterface(program.stdout), 'line');
      const [url = ''] = /http:\S+\/my%20app/.exec(String(line)) ?? [];
      const headers = { 'x-api-key': 'other' };
      expect((await fetch(`${url}/api/v1/`, { headers })).status).toBe(200);
      await fetch(new URL('/_sandbox/faults', url), { method: 'POST', body: '{"kind":"slow","ms":600000}' });
      const open = fetch(`${url}/api/v1/`, { headers }).catch(() => 'cut off');
      const arrived = async () => Arrivals.parse(await (await fetch(new URL('/_sandbox/stats', url))).json()).requests;
      while ((await arrived()) < 2) await new Promise(setImmediate);
      program.kill(signal);
      expect(await exit).toEqual([0, null]);
      expect(await open).toBe('cut off');
    },
  );

  it('says in one line that the port is taken', async () => {
    await using other = await aSandbox();
    const program = start('--port', String(other.sandbox.port));
    const [[code], said] = await Promise.all([once(program, 'exit'), text(program.stderr)]);
    expect(code).toBe(1);
    expect(said).toMatch(/^sandbox: .*EADDRINUSE.*--port.*\n$/);
  });

  it.each([
    { title: 'defaults', args: [], env: {}, port: 3001, apiKey: 'local-lime-key' },
    { title: 'PORT', args: [], env: { PORT: '4000' }, port: 4000, apiKey: 'local-lime-key' },
    {
      title: 'SANDBOX_PORT before PORT',
      args: [],
      env: { PORT: '4000', SANDBOX_PORT: '4001', LIME_API_KEY: 'k' },
      port: 4001,
      apiKey: 'k',
    },
    {
      title: 'flags before variables',
      args: ['--port', '0', '--api-key', 'a'],
      env: { SANDBOX_PORT: '4001', LIME_API_KEY: 'k' },
      port: 0,
      apiKey: 'a',
    },
  ])('takes $title', ({ args, env, port, apiKey }) => {
    expect(readOptions(args, env)).toMatchObject({ port, application: 'lime', schema: 'core', settings: { apiKey } });
  });

  it.each([
    ['--port', 'x'],
    ['--port', '70000'],
    ['--errors', '418'],
    ['--schema', 'other'],
    ['--colour', 'red'],
  ])('refuses %s %s', (flag, value) => {
    expect(() => readOptions([flag, value], {})).toThrow(flag);
  });
});

describe('a sandbox', () => {
  it('refuses to start where another server listens', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(aSandbox({ port })).rejects.toThrow('EADDRINUSE');
    other.close();
  });
});
