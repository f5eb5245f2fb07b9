import { describe, expect, it } from '@jest/globals';
import { isPublicMail } from '../../../../shared/mapping/identity/public-mail.ts';

const providers = {
  Sweden: 'telia.com bredband.net comhem.se tele2.se spray.se bahnhof.se glocalnet.net home.se passagen.se telenor.se',
  Germany:
    't-online.de web.de freenet.de arcor.de gmx.de gmx.net online.de vodafone.de o2online.de alice-dsl.net unitybox.de netcologne.de ewetel.net posteo.de mailbox.org',
  Switzerland: 'bluewin.ch hispeed.ch sunrise.ch gmx.ch swissonline.ch quickline.ch vtxmail.ch',
  Austria: 'aon.at a1.net chello.at gmx.at liwest.at inode.at kabsi.at',
  France:
    'orange.fr wanadoo.fr free.fr sfr.fr laposte.net bbox.fr neuf.fr club-internet.fr numericable.fr aliceadsl.fr noos.fr',
  Belgium: 'skynet.be telenet.be proximus.be scarlet.be belgacom.net pandora.be voo.be',
  'the Netherlands':
    'ziggo.nl kpnmail.nl planet.nl xs4all.nl home.nl hetnet.nl casema.nl chello.nl upcmail.nl zeelandnet.nl caiway.nl telfort.nl solcon.nl',
  Norway: 'telenor.no online.no broadpark.no getmail.no altibox.no lyse.net nextgentel.com c2i.net',
  Denmark:
    'tdcadsl.dk stofanet.dk mail.dk mail.tele.dk get2net.dk webspeed.dk jubii.dk youmail.dk adslhome.dk yousee.dk',
  Finland: 'elisanet.fi kolumbus.fi luukku.com saunalahti.fi pp.inet.fi netti.fi suomi24.fi dnainternet.net welho.com',
  Brazil: 'uol.com.br bol.com.br terra.com.br ig.com.br globo.com oi.com.br r7.com zipmail.com.br yahoo.com.br',
  Portugal: 'sapo.pt clix.pt netcabo.pt iol.pt mail.telepac.pt netvisao.pt portugalmail.pt',
  Spain:
    'telefonica.net ya.com terra.es ono.com jazztel.es orange.es movistar.es euskalnet.net mundo-r.com telecable.es',
  'the United Kingdom':
    'btinternet.com sky.com virginmedia.com talktalk.net ntlworld.com blueyonder.co.uk tiscali.co.uk plus.com o2.co.uk',
  Ireland: 'eircom.net iol.ie indigo.ie vodafone.ie',
  'North America':
    'comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net rogers.com shaw.ca sympatico.ca videotron.ca',
  'everybody, and relays':
    'gmail.com icloud.com me.com privaterelay.appleid.com proton.me tutanota.com tuta.com hey.com duck.com mozmail.com simplelogin.com aleeas.com passmail.net fastmail.com zoho.com yandex.com aol.com mail2ada.com iki.fi',
};

describe('a public mail service', () => {
  it.each(
    Object.entries(providers).flatMap(([country, names]) => names.split(' ').map((domain) => ({ country, domain }))),
  )('of $country is $domain', ({ domain }) => {
    expect(isPublicMail(domain, [])).toBe(true);
  });

  it.each(['fritz.t-online.de', 'customer.telia.com', 'a.b.free.fr', 'live.se', 'hotmail.co.uk', 'outlook.com.br'])(
    'is one with a domain below, or in another country: %s',
    (domain) => {
      expect(isPublicMail(domain, [])).toBe(true);
    },
  );

  it.each([
    'example.com',
    'example.org',
    'mygmail.se',
    'gmail-x.se',
    'yahoo.example.com.se',
    'live.example.com',
    'nottelia.com',
    'co.uk',
    'com',
    'userlike.com',
    'lime.tech',
  ])('is not %s', (domain) => {
    expect(isPublicMail(domain, [])).toBe(false);
  });

  it('is what the settings name, in any spelling', () => {
    const more = ['https://www.Mail.example/', 'bücher.example'];
    for (const domain of ['mail.example', 'x.mail.example', 'xn--bcher-kva.example']) {
      expect(isPublicMail(domain, more)).toBe(true);
    }
    expect(isPublicMail('example', more)).toBe(false);
  });
});
