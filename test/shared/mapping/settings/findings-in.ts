import { findingsOf, Settings } from '../../../../shared/mapping/settings/settings.ts';
import { anInstance, someSettings } from '../builders.ts';

/** What is wrong with settings, a line each. */
export const findingsIn = (value: unknown): string[] => {
  const parsed = Settings.safeParse(value);
  return parsed.success ? [] : findingsOf(parsed.error).map(({ path, message }) => `${path}: ${message}`);
};

export const withInstance = (overrides: Record<string, unknown>) =>
  someSettings({ instances: [anInstance(overrides)] });

export const withIdentify = (source: unknown) => withInstance({ properties: { title: source } });
