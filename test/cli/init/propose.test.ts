import { describe, expect, it } from '@jest/globals';
import { findingsFor } from '../../../cli/check/findings.ts';
import { propose } from '../../../cli/init/propose.ts';
import { LimetypeAnswer, type Metadata } from '../../../shared/lime/wire.ts';
import { Settings } from '../../../shared/mapping/settings/settings.ts';
import { coreMetadata } from '../../support/mapping/builders.ts';

/** A tenant of which the metadata tell names and types only. */
function tenantOf(limetypes: Record<string, Record<string, unknown>[]>): Metadata {
  return new Map(
    Object.entries(limetypes).map(([name, properties]) => [
      name,
      LimetypeAnswer.parse({ name, _embedded: { properties } }),
    ]),
  );
}

function to(name: string, related: string) {
  return {
    name,
    type: 'belongsto',
    _links: { related_type: { name: related } },
  };
}

describe('a proposal', () => {
  it('fits a Swedish tenant without labels', () => {
    const metadata = tenantOf({
      arende: [
        { name: 'rubrik', type: 'string', length: 24, required: true },
        { name: 'beskrivning', type: 'text', length: 500 },
        { name: 'prioritet', type: 'option', required: true, options: [{ key: 'empty' }, { key: 'lag' }] },
        { name: 'kanaler', type: 'set', required: true, options: [{ key: 'chatt' }] },
        { name: 'bekraftad', type: 'yesno', required: true },
        to('kontakt', 'kontaktperson'),
        to('kund', 'foretag'),
      ],
      kontaktperson: [{ name: 'epost', type: 'link', length: 100 }, to('foretag', 'foretag')],
      foretag: [{ name: 'namn', type: 'string', length: 100, required: true }],
      historik: [
        { name: 'datum', type: 'time', required: true },
        { name: 'anteckning', type: 'text', length: 4_000 },
        to('arende', 'arende'),
      ],
    });
    const settings = Settings.parse(propose(metadata).settings);

    expect(findingsFor(settings, metadata)).toEqual([]);
    expect(settings.instances).toMatchObject([
      {
        limetype: 'arende',
        properties: { rubrik: { template: 'Userlike {{ id }}' }, prioritet: { value: 'lag' } },
        relations: {
          person: { property: 'kontakt', limetype: 'kontaktperson' },
          company: { property: 'kund', from: 'foretag' },
        },
        history: { limetype: 'historik', note: 'anteckning', date: 'datum' },
      },
    ]);
  });

  it("does not depend on the order of the tenant's limetypes, as long as names differ", () => {
    const turned: Metadata = new Map([...coreMetadata].toReversed());
    expect(propose(turned).settings).toEqual(propose(coreMetadata).settings);
  });

  it('is missing if no note can be linked, or no property has room for the id', () => {
    const history = [
      { name: 'date', type: 'time' },
      { name: 'note', type: 'text' },
    ];
    const note = [...history, to('ticket', 'ticket')];
    const title = { name: 'title', type: 'string', length: 64 };
    expect(propose(tenantOf({ ticket: [title], history }))).toMatchObject({
      settings: undefined,
      remarks: ['nothing looks like a deal', 'ticket: no history note can be linked to it'],
    });
    expect(propose(tenantOf({ ticket: [{ ...title, length: 5 }], history: note }))).toMatchObject({
      settings: undefined,
      remarks: ['nothing looks like a deal', 'ticket: no text property has room for the id of a conversation'],
    });
    expect(propose(tenantOf({ ticket: [title], history: note })).settings).toBeDefined();
    expect(propose(tenantOf({}))).toMatchObject({
      settings: undefined,
      remarks: ['nothing looks like a helpdesk', 'nothing looks like a deal'],
    });
  });

  it('names instances by displayed names if these are unique', () => {
    const limetype = (name: string, localname: string) =>
      LimetypeAnswer.parse({ name, localname, _embedded: { properties: [{ name: 'title', type: 'string' }] } });
    const notes = [
      { name: 'date', type: 'time' },
      { name: 'note', type: 'text' },
      to('error', 'error'),
      to('wish', 'wish'),
      to('order', 'order'),
      to('bid', 'bid'),
    ];
    const metadata: Metadata = new Map([
      ['error', limetype('error', 'Report')],
      ['wish', limetype('wish', 'Report')],
      ['order', limetype('order', 'Purchase')],
      ['bid', limetype('bid', ' ')],
      ...tenantOf({ history: notes }),
    ]);
    const settings = Settings.parse(propose(metadata, ['error', 'wish', 'order', 'bid']).settings);

    expect(settings.instances.map(({ name, topics }) => ({ name, topics }))).toEqual([
      { name: 'bid', topics: ['bid'] },
      { name: 'Purchase', topics: ['Purchase'] },
      { name: 'wish', topics: ['wish'] },
      { name: 'error', topics: undefined },
    ]);
  });
});
