import { checkRefuses } from '../../support/cli/refuses.ts';

const at = 'instances.0';

checkRefuses([
  {
    title: 'an unknown setting',
    change: [`${at}.limeType`, 'helpdesk'],
    finding: { path: `${at}.limeType`, rule: 'is not a setting', suggestion: 'limetype' },
  },
  {
    title: 'a mistyped time zone',
    change: ['timeZone', 'Europe/Stokholm'],
    finding: {
      path: 'timeZone',
      rule: 'is not a time zone, for example Europe/Stockholm',
      suggestion: 'Europe/Stockholm',
    },
  },
  {
    title: 'a mistyped word of a choice',
    change: [`${at}.relations.person.rules.0.as`, 'mail'],
    finding: {
      path: `${at}.relations.person.rules.0.as`,
      rule: 'must be one of email, phone, text, domain',
      suggestion: 'email',
    },
  },
]);
