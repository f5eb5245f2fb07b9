import type { PageTranslation } from './page-translation.ts';

export const sv: PageTranslation = {
  queued: { title: 'På väg till Lime', text: 'Konversationen har tagits emot och väntar på sin tur.' },
  delivering: { title: 'Sparas i Lime', text: 'Objektet öppnas här om ett ögonblick.' },
  retrying: {
    title: 'På väg till Lime',
    text: 'Lime kunde inte ta emot konversationen än. Ett nytt försök görs; inget går förlorat.',
  },
  delivered: { title: 'I Lime', text: 'Konversationen finns i Lime.' },
  parked: {
    title: 'Inte i Lime än',
    text: 'Lime kan inte ta emot konversationen som den är. Den är sparad och kan skickas igen när orsaken är åtgärdad.',
  },
  notFound: { title: 'Hittades inte', text: 'Länken leder inte till någon konversation.' },
  unavailable: {
    title: 'Inte tillgängligt',
    text: 'Det går inte att läsa konversationens status just nu. Försök igen.',
  },
  reason: 'Orsak: ',
  nextTry: 'Nästa försök: ',
  open: 'Öppna objektet',
};

export const da: PageTranslation = {
  queued: { title: 'På vej til Lime', text: 'Samtalen er modtaget og venter på sin tur.' },
  delivering: { title: 'Gemmes i Lime', text: 'Objektet åbner her om et øjeblik.' },
  retrying: {
    title: 'På vej til Lime',
    text: 'Lime kunne ikke tage imod samtalen endnu. Der forsøges igen; intet går tabt.',
  },
  delivered: { title: 'I Lime', text: 'Samtalen er i Lime.' },
  parked: {
    title: 'Ikke i Lime endnu',
    text: 'Lime kan ikke tage imod samtalen, som den er. Den er gemt og kan sendes igen, når årsagen er udbedret.',
  },
  notFound: { title: 'Ikke fundet', text: 'Linket fører ikke til en samtale.' },
  unavailable: {
    title: 'Ikke tilgængelig',
    text: 'Samtalens status kan ikke læses lige nu. Prøv igen.',
  },
  reason: 'Årsag: ',
  nextTry: 'Næste forsøg: ',
  open: 'Åbn objektet',
};

export const nb: PageTranslation = {
  queued: { title: 'På vei til Lime', text: 'Samtalen er mottatt og venter på tur.' },
  delivering: { title: 'Lagres i Lime', text: 'Objektet åpnes her om et øyeblikk.' },
  retrying: {
    title: 'På vei til Lime',
    text: 'Lime kunne ikke ta imot samtalen ennå. Det gjøres et nytt forsøk; ingenting går tapt.',
  },
  delivered: { title: 'I Lime', text: 'Samtalen er i Lime.' },
  parked: {
    title: 'Ikke i Lime ennå',
    text: 'Lime kan ikke ta imot samtalen slik den er. Den er tatt vare på og kan sendes på nytt når årsaken er rettet.',
  },
  notFound: { title: 'Ikke funnet', text: 'Lenken fører ikke til noen samtale.' },
  unavailable: {
    title: 'Ikke tilgjengelig',
    text: 'Statusen for samtalen kan ikke leses akkurat nå. Prøv igjen.',
  },
  reason: 'Årsak: ',
  nextTry: 'Neste forsøk: ',
  open: 'Åpne objektet',
};

export const fi: PageTranslation = {
  queued: { title: 'Matkalla Limeen', text: 'Keskustelu on vastaanotettu ja odottaa vuoroaan.' },
  delivering: { title: 'Tallennetaan Limeen', text: 'Objekti avautuu tähän hetken kuluttua.' },
  retrying: {
    title: 'Matkalla Limeen',
    text: 'Lime ei voinut vielä vastaanottaa keskustelua. Yritetään uudelleen; mitään ei katoa.',
  },
  delivered: { title: 'Limessä', text: 'Keskustelu on Limessä.' },
  parked: {
    title: 'Ei vielä Limessä',
    text: 'Lime ei voi vastaanottaa keskustelua sellaisenaan. Se on säilytetty ja voidaan lähettää uudelleen, kun syy on korjattu.',
  },
  notFound: { title: 'Ei löytynyt', text: 'Tämä linkki ei johda keskusteluun.' },
  unavailable: {
    title: 'Ei saatavilla',
    text: 'Keskustelun tilaa ei voi lukea juuri nyt. Yritä uudelleen.',
  },
  reason: 'Syy: ',
  nextTry: 'Seuraava yritys: ',
  open: 'Avaa objekti',
};
