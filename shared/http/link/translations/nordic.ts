import type { PageTranslation } from './page-translation.ts';

export const sv: PageTranslation = {
  queued: { title: 'På väg till Lime', text: 'Konversationen har tagits emot och väntar på sin tur.' },
  delivering: { title: 'Sparas i Lime', text: 'Objektet öppnas här om ett ögonblick.' },
  retrying: {
    title: 'På väg till Lime',
    text: 'Lime kunde inte ta emot konversationen än. Ett nytt försök görs automatiskt och inget går förlorat.',
  },
  delivered: { title: 'I Lime', text: 'Konversationen finns i Lime.' },
  parked: {
    title: 'Inte i Lime än',
    text: 'Lime kan inte ta emot konversationen som den är. Den är sparad och kan skickas igen.',
  },
  skipped: {
    title: 'Tas inte in i Lime',
    text: 'Organisationens inställningar utelämnar sådana konversationer. Den tas in om den uppfyller villkoren när den skickas igen.',
  },
  incomplete: {
    title: 'I Lime, men ofullständig',
    text: 'Objektet finns i Lime, men en del av konversationen saknas där. Den är sparad och kan skickas igen.',
  },
  notFound: { title: 'Hittades inte', text: 'Länken leder inte till någon konversation.' },
  unavailable: {
    title: 'Inte tillgängligt',
    text: 'Det går inte att läsa konversationens status just nu. Försök igen.',
  },
  wait: 'Du behöver inte göra något. Sidan öppnar objektet av sig själv.',
  later: 'Du behöver inte göra något. Du kan stänga sidan och öppna länken igen senare.',
  tell: 'Kontakta den som ansvarar för Lime och uppge konversationens nummer.',
  conversation: 'Konversation',
  nextTry: 'Nästa försök',
  open: 'Öppna objektet',
};

export const da: PageTranslation = {
  queued: { title: 'På vej til Lime', text: 'Samtalen er modtaget og venter på sin tur.' },
  delivering: { title: 'Gemmes i Lime', text: 'Objektet åbner her om et øjeblik.' },
  retrying: {
    title: 'På vej til Lime',
    text: 'Lime kunne ikke tage imod samtalen endnu. Der forsøges automatisk igen, og intet går tabt.',
  },
  delivered: { title: 'I Lime', text: 'Samtalen er i Lime.' },
  parked: {
    title: 'Ikke i Lime endnu',
    text: 'Lime kan ikke tage imod samtalen, som den er. Den er gemt og kan sendes igen.',
  },
  skipped: {
    title: 'Ikke overført til Lime',
    text: 'Organisationens indstillinger udelader samtaler som denne. Den overføres, hvis den opfylder betingelserne, når den sendes igen.',
  },
  incomplete: {
    title: 'I Lime, men ufuldstændig',
    text: 'Objektet findes i Lime, men en del af samtalen mangler dér. Den er gemt og kan sendes igen.',
  },
  notFound: { title: 'Ikke fundet', text: 'Linket fører ikke til en samtale.' },
  unavailable: {
    title: 'Ikke tilgængelig',
    text: 'Samtalens status kan ikke læses lige nu. Prøv igen.',
  },
  wait: 'Du behøver ikke gøre noget. Siden åbner selv objektet.',
  later: 'Du behøver ikke gøre noget. Du kan lukke siden og åbne linket igen senere.',
  tell: 'Kontakt den, der er ansvarlig for Lime, og oplys samtalens nummer.',
  conversation: 'Samtale',
  nextTry: 'Næste forsøg',
  open: 'Åbn objektet',
};

export const nb: PageTranslation = {
  queued: { title: 'På vei til Lime', text: 'Samtalen er mottatt og venter på tur.' },
  delivering: { title: 'Lagres i Lime', text: 'Objektet åpnes her om et øyeblikk.' },
  retrying: {
    title: 'På vei til Lime',
    text: 'Lime kunne ikke ta imot samtalen ennå. Det gjøres automatisk et nytt forsøk, og ingenting går tapt.',
  },
  delivered: { title: 'I Lime', text: 'Samtalen er i Lime.' },
  parked: {
    title: 'Ikke i Lime ennå',
    text: 'Lime kan ikke ta imot samtalen slik den er. Den er tatt vare på og kan sendes på nytt.',
  },
  skipped: {
    title: 'Ikke overført til Lime',
    text: 'Organisasjonens innstillinger utelater samtaler som denne. Den overføres hvis den oppfyller vilkårene når den sendes på nytt.',
  },
  incomplete: {
    title: 'I Lime, men ufullstendig',
    text: 'Objektet finnes i Lime, men en del av samtalen mangler der. Den er tatt vare på og kan sendes på nytt.',
  },
  notFound: { title: 'Ikke funnet', text: 'Lenken fører ikke til noen samtale.' },
  unavailable: {
    title: 'Ikke tilgjengelig',
    text: 'Statusen for samtalen kan ikke leses akkurat nå. Prøv igjen.',
  },
  wait: 'Du trenger ikke gjøre noe. Siden åpner objektet av seg selv.',
  later: 'Du trenger ikke gjøre noe. Du kan lukke siden og åpne lenken igjen senere.',
  tell: 'Kontakt den som er ansvarlig for Lime, og oppgi nummeret på samtalen.',
  conversation: 'Samtale',
  nextTry: 'Neste forsøk',
  open: 'Åpne objektet',
};

export const fi: PageTranslation = {
  queued: { title: 'Matkalla Limeen', text: 'Keskustelu on vastaanotettu ja odottaa vuoroaan.' },
  delivering: { title: 'Tallennetaan Limeen', text: 'Objekti avautuu tähän hetken kuluttua.' },
  retrying: {
    title: 'Matkalla Limeen',
    text: 'Lime ei voinut vielä vastaanottaa keskustelua. Sitä yritetään automaattisesti uudelleen, eikä mitään katoa.',
  },
  delivered: { title: 'Limessä', text: 'Keskustelu on Limessä.' },
  parked: {
    title: 'Ei vielä Limessä',
    text: 'Lime ei voi vastaanottaa keskustelua sellaisenaan. Se on säilytetty ja voidaan lähettää uudelleen.',
  },
  skipped: {
    title: 'Ei siirretty Limeen',
    text: 'Organisaation asetukset jättävät tällaiset keskustelut pois. Keskustelu siirretään, jos se täyttää ehdot, kun se lähetetään uudelleen.',
  },
  incomplete: {
    title: 'Limessä, mutta puutteellinen',
    text: 'Objekti on Limessä, mutta osa keskustelusta puuttuu sieltä. Keskustelu on säilytetty ja voidaan lähettää uudelleen.',
  },
  notFound: { title: 'Ei löytynyt', text: 'Tämä linkki ei johda keskusteluun.' },
  unavailable: {
    title: 'Ei saatavilla',
    text: 'Keskustelun tilaa ei voi lukea juuri nyt. Yritä uudelleen.',
  },
  wait: 'Sinun ei tarvitse tehdä mitään. Tämä sivu avaa objektin itsestään.',
  later: 'Sinun ei tarvitse tehdä mitään. Voit sulkea tämän sivun ja avata linkin myöhemmin uudelleen.',
  tell: 'Ota yhteyttä Limestä vastaavaan henkilöön ja kerro keskustelun numero.',
  conversation: 'Keskustelu',
  nextTry: 'Seuraava yritys',
  open: 'Avaa objekti',
};
