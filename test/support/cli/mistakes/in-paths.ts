import { at, type Found } from './mistake.ts';

const details = `${at}.properties.details`;

/** A path that is no field, with the one that was meant. */
function ofPath(path: string, suggestion: string): Found {
  return {
    title: `the path ${path}`,
    change: [details, { path }],
    at: `${details}.path`,
    says: `${path} is not a field of Userlike's conversations`,
    suggestion,
  };
}

/** A template variable that is no field. */
function ofTemplate(template: string, name: string, suggestion: string): Found {
  return {
    title: `the template ${template}`,
    change: [details, { template }],
    at: `${details}.template`,
    says: `${name} is not a field of Userlike's conversations`,
    suggestion,
  };
}

export const inPaths: readonly Found[] = [
  ofPath('contact.mail', 'contact.email'),
  ofPath('topics[0].text', 'topics.0.text'),
  ofPath('topics.2.txt', 'topics.2.text'),
  ofPath('$.contact.email', 'contact.email'),
  ofPath("contact['email']", 'contact.email'),
  ofPath('email', 'contact.email'),
  ofPath('conversation.status', 'status'),
  ofPath('contact.mobileNumber', 'contact.mobile_number'),
  ofPath('contact.email.', 'contact.email'),
  ofPath('createdAt', 'created_at'),
  ofPath('{{ subject }}', 'subject'),
  ofTemplate('{{ contact.nmae }}', 'contact.nmae', 'contact.name'),
  ofTemplate('{{ first_queston | upcase }}', 'first_queston', 'first_question'),
  ofTemplate('{% if contact.emial != blank %}x{% endif %}', 'contact.emial', 'contact.email'),
  ofTemplate('{% for m in transcript %}{{ m.bdy }}{% endfor %}', 'transcript.0.bdy', 'transcript.0.body'),
  ofTemplate('{% assign who = contact %}{{ who.nmae }}', 'contact.nmae', 'contact.name'),
  ofTemplate('{{ topics[0].name }}', 'topics.0.name', 'topics.0.text'),
  {
    title: 'a rule that searches by an unknown path',
    change: [`${at}.relations.person.rules.0.path`, 'contact.phone'],
    at: `${at}.relations.person.rules.0.path`,
    says: 'contact.phone is not a field',
    suggestion: 'contact.phone_number',
  },
  {
    title: 'a decimal comma in a filter',
    change: [details, { template: '{{ custom.total | times: 1,5 }}' }],
    at: `${details}.template`,
    says: 'times reads 1 and 5',
    suggestion: 'times: 1.5',
  },
  {
    title: 'a whole object for a text',
    change: [details, { path: 'contact' }],
    at: `${details}.path`,
    says: 'contact is an object',
  },
];
