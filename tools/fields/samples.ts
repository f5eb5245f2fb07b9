import { aMessage, aPayload, type Json } from './payload.ts';

/** The conversations in `samples/` by file name. Their people are invented. */
export function samples(): Record<string, Json> {
  return {
    'human-chat.json': humanChat(),
    'bot-handover.json': botHandover(),
    'whatsapp-media.json': whatsappMedia(),
    'offline-message.json': offlineMessage(),
    'rating-and-survey.json': ratingAndSurvey(),
    'custom-fields.json': customFields(),
  };
}

type Line = [at: string, who: Json, body: string | null, more?: Json];

function transcriptOf(conversation: number, day: string, lines: readonly Line[]): Json[] {
  return lines.map(([at, who, body, more], index) =>
    aMessage(conversation, index + 1, `${day}T${at}Z`, { ...who, body, ...more }),
  );
}

const contact = (id: number): Json => ({ sender: { type: 'contact', id } });

const peter: Json = {
  sender: { type: 'operator', id: 180783 },
  name: 'Peter Testman',
  display_name: 'Peter Testman',
  operator_id: 180783,
  operator_name: 'Peter Testman',
  operator_display_name: 'Peter Testman',
  text_format: 'markdown_v1',
  is_markdown_formatted: true,
};

const bot: Json = {
  ...peter,
  sender: { type: 'operator', id: 180999 },
  name: 'Shop Assistant',
  display_name: 'Shop Assistant',
  operator_id: 180999,
  operator_name: 'Shop Assistant',
  operator_display_name: 'Shop Assistant',
  operator_is_bot: true,
};

const system: Json = {
  type: 'notification',
  representation: 'system',
  sender: { type: 'system', id: null },
  name: 'Event',
  display_name: 'Event',
  text_format: null,
  can_have_state: false,
};

const welcome: Json = {
  type: 'notification',
  event: 'welcome_message',
  representation: 'automated',
  name: 'Event',
  display_name: 'Event',
  can_have_state: false,
};

const opened: Json = { event: 'status_change', status: 'open', previous_status: 'new' };

function humanChat(): Json {
  const id = 64100001;
  const ada = contact(79200001);
  return aPayload({
    id,
    topics: [{ text: 'Support' }],
    contact: { id: 79200001, name: 'Ada Example', email: 'ada@example.org', email_verified: true, locale: 'en_US' },
    locale: 'en_US',
    transcript: transcriptOf(id, '2026-03-02', [
      ['08:14:02.349', { ...peter, ...welcome }, "Hello, you're talking to Peter Testman. How can I help?"],
      ['08:14:31.502', ada, 'My order A-1042 has not arrived.'],
      ['08:14:31.560', { ...system, ...opened }, 'Conversation status changed from **New** to **Open**.'],
      ['08:16:12.018', peter, 'I am sorry! The parcel left our warehouse on Friday. It should be there **tomorrow**.'],
      ['08:21:09.774', ada, 'Great, thank you.'],
    ]),
  });
}

function botHandover(): Json {
  const id = 64100002;
  const bo = contact(79200002);
  return aPayload({
    id,
    topics: [{ text: 'Sales' }],
    contact: { id: 79200002, name: 'Bo Muster', email: 'bo.muster@example.com', company: 'Muster GmbH' },
    transcript: transcriptOf(id, '2026-03-02', [
      ['09:02:11.000', { ...bot, ...welcome }, 'Hi! I am the shop assistant. What are you looking for?'],
      ['09:02:40.120', bo, 'A licence for 40 users. What does it cost?'],
      ['09:02:41.004', bot, 'From 20 users on, a colleague makes you an offer. One moment, please.'],
      ['09:02:43.910', { ...system, event: 'operator_change' }, 'Shop Assistant forwarded the conversation.'],
      ['09:03:35.250', peter, 'Hello Bo, for 40 users it is 12 euros each and month. Shall I send you an offer?'],
      ['09:04:02.771', bo, 'Yes, please, to my e-mail address.'],
    ]),
  });
}

function whatsappMedia(): Json {
  const id = 64100003;
  const cleo = contact(79200003);
  const file = (name: string): Json => ({
    url: `https://www.userlike.com/api/um/media/download/64100003/${name}`,
    file_name: name,
  });
  return aPayload({
    id,
    topics: [{ text: 'Support' }],
    contact: { id: 79200003, name: 'Cleo', mobile_number: '+46701740633', is_mobile_number_verified: true },
    contact_channel: { type: 'whatsapp', state: 'valid', name: 'WhatsApp', id: 5512 },
    um_widget: null,
    transcript: transcriptOf(id, '2026-03-03', [
      ['17:45:01.000', cleo, 'The lamp came like this:'],
      ['17:45:20.333', cleo, null, file('lamp.jpg')],
      ['17:46:02.250', cleo, 'And this is the invoice.', file('invoice-2026-118.pdf')],
      ['17:52:48.019', peter, 'Thank you for the picture. We send you a new lamp today. 📦'],
    ]),
  });
}

/** The contact form, in the form of Userlike's older events. */
function offlineMessage(): Json {
  return {
    id: 64100004,
    organization_id: 108905,
    created_at: '2026-03-03T22:10:05.000Z',
    client_name: 'Dana Beispiel',
    client_email: 'dana.beispiel@example.net',
    topic: 'Support',
    message: 'Please call me back: +49 30 23125 099. I have a question about my invoice.',
    url: 'https://www.example.org/help',
    referrer: null,
    screenshot_url: null,
    custom: {},
    _type: 'offline_message',
    _event: 'receive',
  };
}

function ratingAndSurvey(): Json {
  const id = 64100005;
  const eve = contact(79200005);
  return aPayload({
    id,
    status: 'ended',
    status_description: 'Ended',
    ended_at: '2026-03-04T10:20:00.000Z',
    rate: 5,
    feedback_message: 'Quick and friendly.',
    pre_survey_option: 'I am a customer',
    post_survey_option: 'Very satisfied',
    notes: [{ body: 'Prefers to be called in the morning.', operator_name: 'Peter Testman' }],
    topics: [{ text: 'Support' }],
    contact: { id: 79200005, name: 'Eve Sample', email: 'eve.sample@example.org', phone_number: '+46 8 465 004 04' },
    transcript: transcriptOf(id, '2026-03-04', [
      ['10:11:00.100', eve, 'Can I change my delivery address?'],
      ['10:12:30.000', peter, 'Of course. Which address shall it be?'],
      ['10:13:05.900', eve, 'Storgatan 1, Lund.'],
      ['10:14:00.250', peter, 'Done.'],
    ]),
  });
}

function customFields(): Json {
  const id = 64100006;
  const asa = contact(79200006);
  return aPayload({
    id,
    topics: [{ text: 'Returer' }, { text: 'Support' }],
    locale: 'sv_SE',
    language_name: 'Svenska',
    custom: {
      order: { number: 'A-2001', total: '1 249,50', currency: 'SEK' },
      loggedIn: true,
      basket: ['lamp', 'bulb'],
    },
    custom_field_data: { priority: 'high', products: ['lamp', 'bulb'] },
    contact: {
      id: 79200006,
      name: 'Åsa Öberg',
      email: 'asa.oberg@example.org',
      external_customer_id: 'C-1042',
      city: 'Lund',
      country: 'Sweden',
      locale: 'sv_SE',
      custom_field_data: { customer_since: '2019-05-01', languages: ['sv', 'de'] },
    },
    transcript: transcriptOf(id, '2026-03-05', [
      ['06:30:00.000', asa, 'Hej! Jag vill lämna tillbaka en lampa från order A-2001.'],
      ['06:31:10.500', peter, 'Hej Åsa! Det går bra. Jag skickar en returetikett.'],
      ['06:32:00.000', asa, 'Und geht das auch aus Deutschland?'],
      ['06:33:20.000', peter, 'Ja, natürlich.'],
    ]),
  });
}
