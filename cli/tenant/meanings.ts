/** Names that tenants use for the same thing, in English and Swedish, the likeliest first. They include Lime's labels. */
const meanings = {
  helpdesk: ['sos', 'helpdesk', 'ticket', 'case', 'ärende', 'arende', 'support', 'issue', 'incident'],
  deal: ['project', 'deal', 'opportunity', 'affär', 'affar', 'lead', 'sale'],
  person: ['person', 'contact', 'contactperson', 'kontakt', 'kontaktperson', 'customer'],
  company: ['company', 'employer', 'account', 'organization', 'organisation', 'företag', 'foretag', 'kund'],
  coworker: [
    'coworker',
    'responsible',
    'user',
    'owner',
    'assignee',
    'handler',
    'medarbetare',
    'ansvarig',
    'handläggare',
  ],
  history: ['history', 'historik', 'note', 'activity', 'aktivitet'],
  document: ['document', 'dokument', 'file', 'attachment'],
  conversation: ['ulconversation'],
  title: ['title', 'subject', 'headline', 'rubrik', 'ämne', 'amne', 'heading', 'summary', 'name', 'namn'],
  description: [
    'description',
    'details',
    'beskrivning',
    'question',
    'problem',
    'information',
    'notes',
    'text',
    'comment',
  ],
  note: ['notes', 'note', 'anteckning', 'notering', 'text', 'comment', 'description'],
  email: ['primaryemailaddress', 'email', 'mail', 'epost', 'emailaddress'],
  mobile: ['mobilephone', 'mobile', 'cellphone', 'cell', 'mobil', 'mobiltelefon'],
  phone: ['primaryphonenumber', 'phone', 'workphone', 'telephone', 'telefon', 'tel'],
  status: ['statuscolor', 'status', 'state', 'dealstatus', 'phase', 'fas'],
  start: [
    'startdate',
    'starttime',
    'received',
    'receivedon',
    'started',
    'opened',
    'registered',
    'created',
    'startdatum',
  ],
  date: ['date', 'datum', 'time', 'tid'],
  inactive: ['inactive', 'inaktiv', 'disabled', 'passive'],
  messageId: ['ul_messageid', 'messageid'],
  conversationId: ['conversationid'],
  link: ['link', 'url', 'länk'],
} as const satisfies Record<string, readonly string[]>;

export type Meaning = keyof typeof meanings;

type Named = { name: string; label: string | undefined; localname: string | undefined };

/** How well something fits a meaning; 0 is not at all. Labels and names count more than displayed names, whole words more than parts. */
function fit({ name, label, localname }: Named, meaning: Meaning): number {
  const words: readonly string[] = meanings[meaning];
  const scores = words.map((word, index) => {
    const rank = 1 - index / words.length;
    if (plain(label) === plain(word)) return 40 + rank;
    if (plain(name) === plain(word)) return 30 + rank;
    if (plain(localname) === plain(word)) return 20 + rank;
    return word.length > 3 && plain(name).includes(plain(word)) ? 10 + rank : 0;
  });
  return Math.max(...scores);
}

/** The candidate that fits best. Of equal ones the first, so that results are repeatable. */
export function best<T extends Named>(candidates: readonly T[], meaning: Meaning): T | undefined {
  return ranked(candidates, meaning)[0];
}

/** All candidates that fit, the best first. */
export function ranked<T extends Named>(candidates: readonly T[], meaning: Meaning): T[] {
  return candidates
    .map((candidate) => ({ candidate, score: fit(candidate, meaning) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .map(({ candidate }) => candidate);
}

/** The candidate with the same meaning as a name, such as `subject` for `title`. */
export function sameMeaning<T extends Named>(name: string, candidates: readonly T[]): T | undefined {
  const named = { name, label: undefined, localname: undefined };
  const [meaning] = all
    .map((meaning) => ({ meaning, score: fit(named, meaning) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score);
  return meaning === undefined ? undefined : best(candidates, meaning.meaning);
}

function isMeaning(key: string): key is Meaning {
  return Object.hasOwn(meanings, key);
}
const all = Object.keys(meanings).filter(isMeaning);

function plain(text: string | undefined): string {
  return text?.toLowerCase().replace(/[\s_-]/g, '') ?? '';
}
