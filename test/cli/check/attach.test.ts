import { checkRefuses } from '../../support/cli/refuses.ts';

const at = 'instances.0.attach';

checkRefuses([
  {
    title: 'a condition on a property that the limetype lacks',
    change: [at, { where: { statuss: 'reported' } }],
    finding: {
      path: `${at}.where.statuss`,
      property: 'helpdesk.statuss',
      rule: 'not a property of helpdesk',
      suggestion: 'status',
    },
  },
  {
    title: 'a condition on an unknown option',
    change: [at, { where: { status: ['reported', 'startd'] } }],
    finding: {
      path: `${at}.where.status.1`,
      property: 'helpdesk.status',
      rule: 'not one of its options',
      suggestion: 'started',
    },
  },
  {
    title: 'a condition of another type than the property',
    change: [at, { where: { priority: '3' } }],
    finding: {
      path: `${at}.where.priority`,
      property: 'helpdesk.priority',
      rule: 'of type integer: write it as a number',
    },
  },
  {
    title: 'an age by what is no time',
    change: [at, { recent: { property: 'details', days: 3 } }],
    finding: {
      path: `${at}.recent.property`,
      property: 'helpdesk.details',
      rule: 'of type text, needs time or date',
      suggestion: 'receivedon',
    },
  },
  {
    title: 'a value that does not reopen',
    change: [
      at,
      {
        where: { status: 'started' },
        reopen: { where: { status: 'done' }, properties: { status: 'waiting' } },
      },
    ],
    finding: {
      path: `${at}.reopen.properties.status`,
      property: 'helpdesk.status',
      rule: 'not one of its options',
      suggestion: 'one of reported, started, done',
    },
  },
]);
