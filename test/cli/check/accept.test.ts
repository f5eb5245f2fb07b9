import { expect, it } from '@jest/globals';
import { findingsFor } from '../../../cli/check/findings.ts';
import { Settings } from '../../../shared/mapping/settings/settings.ts';
import { coreMetadata, defaultSettings } from '../../support/mapping/builders.ts';

it('check hints at a channel that is no known one', () => {
  const settings = Settings.parse({ ...defaultSettings, accept: { channels: ['WEB', 'whatsap'] } });
  expect(findingsFor(settings, coreMetadata)).toEqual([
    {
      severity: 'hint',
      path: 'accept.channels.1',
      rule: 'whatsap is not among the known channels: web, whatsapp, sms, threema, instagram',
    },
  ]);
});
