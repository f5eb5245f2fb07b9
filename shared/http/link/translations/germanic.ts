import type { PageTranslation } from './page-translation.ts';

export const en: PageTranslation = {
  queued: { title: 'On its way to Lime', text: 'The conversation has been accepted and waits for its turn.' },
  delivering: { title: 'Being written to Lime', text: 'The limeobject will open here in a moment.' },
  retrying: {
    title: 'On its way to Lime',
    text: 'Lime could not take the conversation yet. It will be tried again; nothing is lost.',
  },
  delivered: { title: 'In Lime', text: 'The conversation is in Lime.' },
  parked: {
    title: 'Not in Lime yet',
    text: 'Lime cannot take this conversation as it is. It has been kept, and can be sent again when the reason is mended.',
  },
  notFound: { title: 'Not found', text: 'This link does not lead to a conversation.' },
  unavailable: {
    title: 'Not available',
    text: 'What became of the conversation cannot be read at the moment. Please try again.',
  },
  reason: 'Reason: ',
  nextTry: 'Next try: ',
  open: 'Open the limeobject',
};

export const de: PageTranslation = {
  queued: {
    title: 'Auf dem Weg zu Lime',
    text: 'Die Unterhaltung ist angenommen und wartet, bis sie an der Reihe ist.',
  },
  delivering: { title: 'Wird in Lime gespeichert', text: 'Der Datensatz öffnet sich hier in wenigen Augenblicken.' },
  retrying: {
    title: 'Auf dem Weg zu Lime',
    text: 'Lime konnte die Unterhaltung noch nicht annehmen. Es wird erneut versucht; nichts geht verloren.',
  },
  delivered: { title: 'In Lime', text: 'Die Unterhaltung ist in Lime.' },
  parked: {
    title: 'Noch nicht in Lime',
    text: 'Lime kann diese Unterhaltung so nicht annehmen. Sie ist aufbewahrt und kann erneut gesendet werden, sobald der Grund behoben ist.',
  },
  notFound: { title: 'Nicht gefunden', text: 'Dieser Link führt zu keiner Unterhaltung.' },
  unavailable: {
    title: 'Nicht verfügbar',
    text: 'Der Stand der Unterhaltung ist gerade nicht abrufbar. Bitte versuchen Sie es noch einmal.',
  },
  reason: 'Grund: ',
  nextTry: 'Nächster Versuch: ',
  open: 'Datensatz öffnen',
};

export const nl: PageTranslation = {
  queued: { title: 'Onderweg naar Lime', text: 'Het gesprek is aangenomen en wacht op zijn beurt.' },
  delivering: { title: 'Wordt in Lime opgeslagen', text: 'Het object opent hier zo meteen.' },
  retrying: {
    title: 'Onderweg naar Lime',
    text: 'Lime kon het gesprek nog niet aannemen. Er volgt een nieuwe poging; er gaat niets verloren.',
  },
  delivered: { title: 'In Lime', text: 'Het gesprek staat in Lime.' },
  parked: {
    title: 'Nog niet in Lime',
    text: 'Lime kan dit gesprek zo niet aannemen. Het is bewaard en kan opnieuw worden verzonden zodra de oorzaak is verholpen.',
  },
  notFound: { title: 'Niet gevonden', text: 'Deze link leidt niet naar een gesprek.' },
  unavailable: {
    title: 'Niet beschikbaar',
    text: 'De status van het gesprek kan nu niet worden opgehaald. Probeer het opnieuw.',
  },
  reason: 'Reden: ',
  nextTry: 'Volgende poging: ',
  open: 'Object openen',
};
