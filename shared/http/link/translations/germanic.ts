import type { PageTranslation } from './page-translation.ts';

export const en: PageTranslation = {
  queued: { title: 'On its way to Lime', text: 'The conversation has been accepted and waits for its turn.' },
  delivering: { title: 'Being written to Lime', text: 'It opens here in a moment.' },
  retrying: {
    title: 'On its way to Lime',
    text: 'Lime could not take the conversation yet. It is tried again by itself, and nothing is lost.',
  },
  delivered: { title: 'In Lime', text: 'The conversation is in Lime.' },
  parked: {
    title: 'Not in Lime yet',
    text: 'Lime cannot take this conversation as it is. It has been kept and can be sent again.',
  },
  skipped: {
    title: 'Not taken to Lime',
    text: "The organization's settings leave out conversations like this one. It is taken if it qualifies when it is sent again.",
  },
  incomplete: {
    title: 'In Lime, but incomplete',
    text: 'The case exists in Lime, but a part of the conversation is missing there. It has been kept and can be sent again.',
  },
  notFound: { title: 'Not found', text: 'This link does not lead to a conversation.' },
  unavailable: {
    title: 'Not available',
    text: 'What became of the conversation cannot be read at the moment. Please try again.',
  },
  wait: 'You need not do anything. This page opens the case by itself.',
  later: 'You need not do anything. Close this page if you like, and open the link again later.',
  tell: 'Please tell the person who looks after Lime, with the number of the conversation.',
  conversation: 'Conversation',
  nextTry: 'Next try',
  open: 'Open the case',
};

export const de: PageTranslation = {
  queued: {
    title: 'Auf dem Weg zu Lime',
    text: 'Die Unterhaltung ist angenommen und wartet, bis sie an der Reihe ist.',
  },
  delivering: { title: 'Wird in Lime gespeichert', text: 'Der Datensatz öffnet sich hier in wenigen Augenblicken.' },
  retrying: {
    title: 'Auf dem Weg zu Lime',
    text: 'Lime konnte die Unterhaltung noch nicht annehmen. Es wird von selbst erneut versucht, nichts geht verloren.',
  },
  delivered: { title: 'In Lime', text: 'Die Unterhaltung ist in Lime.' },
  parked: {
    title: 'Noch nicht in Lime',
    text: 'Lime kann diese Unterhaltung so nicht annehmen. Sie ist aufbewahrt und kann erneut gesendet werden.',
  },
  skipped: {
    title: 'Nicht nach Lime übernommen',
    text: 'Die Einstellungen der Organisation lassen Unterhaltungen wie diese aus. Sie wird übernommen, wenn sie beim nächsten Senden die Bedingungen erfüllt.',
  },
  incomplete: {
    title: 'In Lime, aber unvollständig',
    text: 'Der Datensatz ist in Lime, aber ein Teil der Unterhaltung fehlt dort. Sie ist aufbewahrt und kann erneut gesendet werden.',
  },
  notFound: { title: 'Nicht gefunden', text: 'Dieser Link führt zu keiner Unterhaltung.' },
  unavailable: {
    title: 'Nicht verfügbar',
    text: 'Der Stand der Unterhaltung ist gerade nicht abrufbar. Bitte versuchen Sie es noch einmal.',
  },
  wait: 'Sie müssen nichts tun. Diese Seite öffnet den Datensatz von selbst.',
  later: 'Sie müssen nichts tun. Sie können diese Seite schließen und den Link später wieder öffnen.',
  tell: 'Bitte sagen Sie der Person Bescheid, die Lime betreut, und nennen Sie die Nummer der Unterhaltung.',
  conversation: 'Unterhaltung',
  nextTry: 'Nächster Versuch',
  open: 'Datensatz öffnen',
};

export const nl: PageTranslation = {
  queued: { title: 'Onderweg naar Lime', text: 'Het gesprek is aangenomen en wacht op zijn beurt.' },
  delivering: { title: 'Wordt in Lime opgeslagen', text: 'Het object opent hier zo meteen.' },
  retrying: {
    title: 'Onderweg naar Lime',
    text: 'Lime kon het gesprek nog niet aannemen. Er volgt vanzelf een nieuwe poging; er gaat niets verloren.',
  },
  delivered: { title: 'In Lime', text: 'Het gesprek staat in Lime.' },
  parked: {
    title: 'Nog niet in Lime',
    text: 'Lime kan dit gesprek zo niet aannemen. Het is bewaard en kan opnieuw worden verzonden.',
  },
  skipped: {
    title: 'Niet overgenomen in Lime',
    text: 'De instellingen van de organisatie slaan gesprekken als dit over. Het wordt overgenomen als het bij opnieuw verzenden aan de voorwaarden voldoet.',
  },
  incomplete: {
    title: 'In Lime, maar onvolledig',
    text: 'Het object staat in Lime, maar een deel van het gesprek ontbreekt daar. Het is bewaard en kan opnieuw worden verzonden.',
  },
  notFound: { title: 'Niet gevonden', text: 'Deze link leidt niet naar een gesprek.' },
  unavailable: {
    title: 'Niet beschikbaar',
    text: 'De status van het gesprek kan nu niet worden opgehaald. Probeer het opnieuw.',
  },
  wait: 'U hoeft niets te doen. Deze pagina opent het object vanzelf.',
  later: 'U hoeft niets te doen. U kunt deze pagina sluiten en de link later opnieuw openen.',
  tell: 'Vertel het de persoon die Lime beheert en vermeld het nummer van het gesprek.',
  conversation: 'Gesprek',
  nextTry: 'Volgende poging',
  open: 'Object openen',
};
