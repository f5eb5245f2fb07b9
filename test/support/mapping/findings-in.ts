import { findingsOf, Settings } from '../../../shared/mapping/settings/settings.ts';
import { anInstance, someSettings } from './builders.ts';

/** The problems of settings, one line each. */
export function findingsIn(value: unknown): string[] {
  const parsed = Settings.safeParse(value);
  return parsed.success ? [] : findingsOf(parsed.error).map(({ path, message }) => `${path}: ${message}`);
}

export function withInstance(overrides: Record<string, unknown>) {
  return someSettings({ instances: [anInstance(overrides)] });
}

export function withIdentify(source: unknown) {
  return withInstance({ properties: { title: source } });
}
