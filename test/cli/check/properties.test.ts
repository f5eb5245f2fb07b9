import { checkRefuses } from '../../support/cli/refuses.ts';

const at = 'instances.0';

checkRefuses([
  {
    title: 'a limetype that the tenant does not have',
    change: [`${at}.limetype`, 'helpdsk'],
    finding: { path: `${at}.limetype`, rule: 'the tenant has no limetype helpdsk', suggestion: 'helpdesk' },
  },
  {
    title: 'a property under the name of another tenant',
    change: [`${at}.properties.title`, { value: 'x' }],
    finding: {
      path: `${at}.properties.title`,
      property: 'helpdesk.title',
      rule: 'not a property of helpdesk',
      suggestion: 'subject',
    },
  },
  {
    title: 'a property whose name is mistyped',
    change: [`${at}.properties.statuss`, { value: 'reported' }],
    finding: {
      path: `${at}.properties.statuss`,
      property: 'helpdesk.statuss',
      rule: 'not a property of helpdesk',
      suggestion: 'status',
    },
  },
  {
    title: 'a constant of another type',
    change: [`${at}.properties.priority`, { value: 'high' }],
    finding: { path: `${at}.properties.priority.value`, property: 'helpdesk.priority', rule: 'not a number' },
  },
  {
    title: 'a blank constant for a required property',
    change: [`${at}.properties.priority`, { value: ' ' }],
    finding: { path: `${at}.properties.priority`, property: 'helpdesk.priority', rule: 'required and without a value' },
  },
  {
    title: 'a text for a date',
    change: [`${at}.properties.receivedon`, { path: 'contact.email' }],
    finding: {
      path: `${at}.properties.receivedon.path`,
      property: 'helpdesk.receivedon',
      rule: 'of type date, and contact.email is a text',
    },
  },
  {
    title: 'a yes or no for a date',
    change: [`${at}.properties.receivedon`, { path: 'contact.verified' }],
    finding: {
      path: `${at}.properties.receivedon.path`,
      property: 'helpdesk.receivedon',
      rule: 'of type date, and contact.verified is a yes or no',
    },
  },
  {
    title: 'a text that is too long',
    change: [`${at}.properties.chatreference`, { value: 'x'.repeat(33) }],
    finding: {
      path: `${at}.properties.chatreference.value`,
      property: 'helpdesk.chatreference',
      rule: 'longer than 32 characters',
    },
  },
  {
    title: 'an id that does not fit',
    change: [`${at}.properties.subject`, { template: `${'x'.repeat(60)} {{ id }}` }],
    finding: {
      path: `${at}.properties.subject.template`,
      property: 'helpdesk.subject',
      rule: 'longer than 64 characters',
    },
  },
  {
    title: 'the key of an option of another tenant',
    change: [`${at}.history.properties.type`, { value: 'checklst' }],
    finding: {
      path: `${at}.history.properties.type.value`,
      property: 'history.type',
      rule: 'not one of its options',
      suggestion: 'checklist',
    },
  },
  {
    title: 'the text of an option for its key',
    change: [`${at}.properties.status`, { value: '2 Started' }],
    finding: {
      path: `${at}.properties.status.value`,
      property: 'helpdesk.status',
      rule: 'not one of its options',
      suggestion: 'started',
    },
  },
  {
    title: 'an inactive option in a map',
    change: [
      `${at}.properties.status`,
      { path: 'status', options: { new: 'reported', open: 'waiting' }, default: 'done' },
    ],
    finding: {
      path: `${at}.properties.status.options.open`,
      property: 'helpdesk.status',
      rule: 'an inactive option, not one of its options',
      suggestion: 'one of reported, started, done',
    },
  },
  {
    title: 'a required number without a source',
    change: [`${at}.properties.vat`, undefined],
    finding: {
      path: `${at}.properties`,
      property: 'helpdesk.vat',
      rule: 'required and not mapped',
      suggestion: '"vat": {"value":0}',
    },
  },
  {
    title: 'a required option of the document without a source',
    change: [`${at}.documents.properties`, {}],
    finding: {
      path: `${at}.documents.properties`,
      property: 'document.type',
      rule: 'required and not mapped',
      suggestion: '"type": {"value":"chatlog"}',
    },
  },
  {
    title: 'a file for what tells files apart',
    change: [`${at}.documents.identify`, 'document'],
    finding: {
      path: `${at}.documents.identify`,
      property: 'document.document',
      rule: 'of type file, needs string, text, phone, link or xml',
      suggestion: 'comment',
    },
  },
  {
    title: 'a file that is none',
    change: [`${at}.documents.file`, 'comment'],
    finding: {
      path: `${at}.documents.file`,
      property: 'document.comment',
      rule: 'of type string, needs file',
      suggestion: 'document',
    },
  },
]);
