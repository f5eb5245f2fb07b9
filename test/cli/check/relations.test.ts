import { checkRefuses } from '../../support/cli/refuses.ts';

const at = 'instances.0';

checkRefuses([
  {
    title: 'a relation to another limetype',
    change: [`${at}.relations.person.property`, 'company'],
    finding: {
      path: `${at}.relations.person.property`,
      property: 'helpdesk.company',
      rule: 'a relation to company, needs one to person',
      suggestion: 'contact',
    },
  },
  {
    title: 'a relation that is none',
    change: [`${at}.history.relation`, 'note'],
    finding: {
      path: `${at}.history.relation`,
      property: 'history.note',
      rule: 'of type text, needs a relation (belongsto) to helpdesk',
      suggestion: 'helpdesk',
    },
  },
  {
    title: 'the company of the person under another name',
    change: [`${at}.relations.company.from`, 'company'],
    finding: {
      path: `${at}.relations.company.from`,
      property: 'person.company',
      rule: 'not a property of person',
      suggestion: 'employer',
    },
  },
  {
    title: 'a rule that looks into a relation',
    change: [`${at}.relations.person.rules.0.properties.0`, 'employer'],
    finding: {
      path: `${at}.relations.person.rules.0.properties.0`,
      property: 'person.employer',
      rule: 'of type belongsto, needs string, text, phone, link or xml',
      suggestion: 'cellphone',
    },
  },
  {
    title: 'what takes out of the search and is no yesno',
    change: [`${at}.relations.person.inactive`, 'customerno'],
    finding: {
      path: `${at}.relations.person.inactive`,
      property: 'person.customerno',
      rule: 'of type string, needs yesno',
      suggestion: 'inactive',
    },
  },
]);
