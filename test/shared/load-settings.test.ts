import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { InvalidSettingsError, loadSettings, settingsFor } from '../../shared/load-settings.ts';
import { anInstance, settingsOf, someSettings } from '../support/mapping/builders.ts';

/** Loads a directory that holds these files and nothing else; a value is written as JSON, a text as it is. */
function load(files: Record<string, unknown>) {
  const directory = mkdtempSync(join(tmpdir(), 'userlike-lime-settings-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      const isWritten = typeof content === 'string' || content instanceof Uint8Array;
      writeFileSync(join(directory, name), isWritten ? content : JSON.stringify(content));
    }
    return loadSettings(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function problemsIn(files: Record<string, unknown>): string[] {
  try {
    load(files);
    return [];
  } catch (error) {
    if (error instanceof InvalidSettingsError) return error.message.split('\n').slice(1).sort();
    throw error;
  }
}

describe('the settings of a directory', () => {
  it('are those that are delivered', () => {
    expect([...loadSettings(fileURLToPath(new URL('../../settings', import.meta.url))).keys()]).toContain('default');
  });

  it('are one for each JSON file, by its name, with their defaults filled in', () => {
    const all = load({
      'default.json': someSettings(),
      '108905.json': someSettings({ country: 'DE' }),
      'README.md': 'x',
    });
    expect([...all.keys()].sort()).toEqual(['108905', 'default']);
    expect(all.get('default')).toEqual(settingsOf());
    expect(all.get('108905')?.country).toBe('DE');
  });

  it('may begin with a byte order mark', () => {
    const all = load({ 'default.json': `\ufeff${JSON.stringify(someSettings())}` });
    expect(all.get('default')).toEqual(settingsOf());
  });

  it('cannot be read in another encoding than UTF-8', () => {
    const bytes = Buffer.from(JSON.stringify(someSettings()), 'utf16le');
    expect(problemsIn({ 'default.json': bytes })).toEqual([
      'default.json: is not UTF-8 text: save it with the encoding UTF-8',
    ]);
  });

  it('cannot be used while any file has a problem, and all problems are listed with file, path and rule', () => {
    expect(
      problemsIn({
        'default.json': someSettings({ timeZone: 'Mars', colour: 'red' }),
        '1.json': '{ not json',
        '2.json': [],
        '3.json': someSettings({ instances: [anInstance(), anInstance()] }),
        '4.json': someSettings(),
      }),
    ).toEqual([
      "1.json: is not JSON: line 1, column 3: expected property name or '}'",
      '2.json: (root): must be an object',
      '3.json: instances.1.name: instance 0 has this name already',
      '3.json: instances.1.topics: instance 0 already takes all other topics; additional: true makes both',
      'default.json: colour: is not a setting',
      'default.json: timeZone: is not a time zone, for example Europe/Stockholm',
    ]);
  });

  it('need a default', () => {
    expect(problemsIn({})).toEqual(['default.json is missing']);
    expect(problemsIn({ '108905.json': someSettings() })).toEqual(['default.json is missing']);
  });
});

describe('the settings of an organization', () => {
  const own = settingsOf({ country: 'DE' });
  const fallback = settingsOf();

  it('are its own, else the default', () => {
    const all = new Map([
      ['108905', own],
      ['default', fallback],
    ]);
    expect(settingsFor(all, '108905')).toBe(own);
    expect(settingsFor(all, '108906')).toBe(fallback);
  });

  it('are missing where there is no default either', () => {
    expect(() => settingsFor(new Map([['108905', own]]), '108906')).toThrow(InvalidSettingsError);
  });
});
