import { describe, expect, it } from '@jest/globals';
import { readOptions } from '../../../tools/local/options.ts';

describe('the options of a local run', () => {
  it('has defaults for everything', () => {
    expect(readOptions([], {})).toEqual({
      PORT: 3000,
      ORGANIZATION: '108905',
      ADDON_KEY: 'local-addon-key',
      LIME_API_KEY: 'local-lime-key',
      SANDBOX_PORT: 3001,
      EXAMPLE: 'on',
      JSON_LOGS: 'auto',
      TIME_SCALE: 1,
      LIME_REQUESTS_PER_SECOND: 9,
      WATCH: 'off',
    });
  });

  it.each([{ args: ['--watch'] }, { args: ['--watch=on'] }])('watches the settings with $args', ({ args }) => {
    expect(readOptions(args, {})).toMatchObject({ WATCH: 'on' });
  });

  it.each([
    { args: ['--watch', '--assembly', 'a'], environment: {}, problem: /WATCH \(--watch\): ASSEMBLY/ },
    { args: ['--data', 'd'], environment: { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }, problem: /DATA \(--data\): / },
  ])('refuses $args beside what contradicts it', ({ args, environment, problem }) => {
    expect(() => readOptions(args, environment)).toThrow(problem);
  });

  it.each([
    { variable: 'PORT', flag: '--port', value: '0', read: 0 },
    { variable: 'ORGANIZATION', flag: '--organization', value: '7', read: '7' },
    { variable: 'ADDON_KEY', flag: '--addon-key', value: 'k', read: 'k' },
    { variable: 'ADDON_KEY_PREVIOUS', flag: '--addon-key-previous', value: 'old', read: 'old' },
    {
      variable: 'LIME_URL',
      flag: '--lime-url',
      value: 'https://acme.lime-crm.com/acme/',
      read: 'https://acme.lime-crm.com/acme/',
    },
    { variable: 'LIME_API_KEY', flag: '--lime-api-key', value: 'k', read: 'k' },
    { variable: 'SANDBOX_PORT', flag: '--sandbox-port', value: '4001', read: 4001 },
    {
      variable: 'AWS_ENDPOINT_URL',
      flag: '--aws-endpoint-url',
      value: 'http://127.0.0.1:4566',
      read: 'http://127.0.0.1:4566',
    },
    { variable: 'EXAMPLE', flag: '--example', value: 'off', read: 'off' },
    { variable: 'JSON_LOGS', flag: '--json-logs', value: 'off', read: 'off' },
    { variable: 'SETTINGS_DIRECTORY', flag: '--settings-directory', value: 'mine', read: 'mine' },
    { variable: 'DATA', flag: '--data', value: 'kept', read: 'kept' },
    { variable: 'TIME_SCALE', flag: '--time-scale', value: '0.02', read: 0.02 },
    { variable: 'LIME_REQUESTS_PER_SECOND', flag: '--lime-requests-per-second', value: '50', read: 50 },
  ])('reads $variable and $flag, and the flag wins', ({ variable, flag, value, read }) => {
    expect(readOptions([], { [variable]: value })).toHaveProperty(variable, read);
    expect(readOptions([flag, value], {})).toHaveProperty(variable, read);
    expect(readOptions([`${flag}=${value}`], { [variable]: 'overruled' })).toHaveProperty(variable, read);
  });

  it('takes --json-logs without a value', () => {
    expect(readOptions(['--json-logs', '--port', '0'], {})).toMatchObject({ JSON_LOGS: 'on', PORT: 0 });
  });

  it('ignores an empty variable', () => {
    expect(readOptions([], { LIME_URL: '', PORT: '' })).toMatchObject({ PORT: 3000 });
  });

  it('lists all problems at once', () => {
    const read = () =>
      readOptions(['--time-scale', '0', '--speed=9', 'now', '--sandbox-port'], {
        PORT: '70000',
        LIME_URL: 'acme',
        EXAMPLE: 'yes',
        ORGANIZATION: 'a/b',
      });

    expect(read).toThrow(
      expect.objectContaining({
        name: 'OptionsError',
        message: expect.stringMatching(
          /--speed: unknown flag\n.*now: unknown argument\n.*--sandbox-port: needs a value\n.*PORT \(--port\): .*\n.*ORGANIZATION.*\n.*LIME_URL \(--lime-url\): must be an http.*\n.*EXAMPLE \(--example\): must be on or off\n.*TIME_SCALE \(--time-scale\): /,
        ),
      }),
    );
  });
});
