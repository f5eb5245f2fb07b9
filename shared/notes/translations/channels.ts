/** Userlike channels that have a name. Others are written as their code. */
export const channels = [
  'website',
  'whatsapp',
  'facebook',
  'instagram',
  'telegram',
  'threema',
  'viber',
  'sms',
  'email',
  'phone',
  'custom',
] as const;
export type Channel = (typeof channels)[number];

/** Names that are the same in every language. */
const own = {
  whatsapp: 'WhatsApp',
  facebook: 'Facebook Messenger',
  instagram: 'Instagram',
  telegram: 'Telegram',
  threema: 'Threema',
  viber: 'Viber',
  sms: 'SMS',
};

function named(website: string, email: string, phone: string, custom: string): Record<Channel, string> {
  return {
    ...own,
    website,
    email,
    phone,
    custom,
  };
}

export const channelNames = {
  en: named('Website', 'E-mail', 'Phone', 'Custom channel'),
  de: named('Website', 'E-Mail', 'Telefon', 'Eigener Kanal'),
  nl: named('Website', 'E-mail', 'Telefoon', 'Eigen kanaal'),
  sv: named('Webbplats', 'E-post', 'Telefon', 'Egen kanal'),
  da: named('Hjemmeside', 'E-mail', 'Telefon', 'Egen kanal'),
  nb: named('Nettsted', 'E-post', 'Telefon', 'Egen kanal'),
  fi: named('Verkkosivusto', 'Sähköposti', 'Puhelin', 'Oma kanava'),
  es: named('Sitio web', 'Correo electrónico', 'Teléfono', 'Canal propio'),
  fr: named('Site web', 'E-mail', 'Téléphone', 'Canal personnalisé'),
  pt: named('Site', 'E-mail', 'Telefone', 'Canal próprio'),
};

/** Userlike's channel codes, reduced to lower-case letters. Userlike does not document them. */
const codes: Record<string, Channel | undefined> = {
  web: 'website',
  website: 'website',
  websitemessenger: 'website',
  webmessenger: 'website',
  webchat: 'website',
  livechat: 'website',
  chat: 'website',
  widget: 'website',
  whatsapp: 'whatsapp',
  whatsappbusiness: 'whatsapp',
  facebook: 'facebook',
  facebookmessenger: 'facebook',
  messenger: 'facebook',
  fb: 'facebook',
  instagram: 'instagram',
  telegram: 'telegram',
  threema: 'threema',
  viber: 'viber',
  sms: 'sms',
  email: 'email',
  mail: 'email',
  phone: 'phone',
  call: 'phone',
  custom: 'custom',
  customchannel: 'custom',
};

/** The channel of a code. Undefined for an unknown code. */
export function channelOf(code: string): Channel | undefined {
  const letters = code.toLowerCase().replace(/[^a-z]/g, '');
  return Object.hasOwn(codes, letters) ? codes[letters] : undefined;
}
