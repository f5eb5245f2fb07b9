import * as z from 'zod';
import type { Limetype } from './wire.ts';

/** A limetype, and when Lime described it. */
export type Described = { at: number; limetype: Limetype };

/** One tenant's limetypes that another mapper may have read. A failure never stops a delivery. */
export type SharedLimetypes = {
  read: (name: string) => Promise<Described | undefined>;
  write: (described: Described) => Promise<void>;
};

/** Where all mappers keep texts. */
export type LimetypeTexts = {
  read: (tenant: string, limetype: string) => Promise<{ at: number; text: string } | undefined>;
  write: (tenant: string, limetype: string, described: { at: number; text: string }) => Promise<void>;
};

/** As it is stored. An item of another version of the code does not fit and is read again from Lime. */
const Stored = z
  .strictObject({
    name: z.string(),
    label: z.string().optional(),
    localname: z.string().optional(),
    properties: z.array(
      z.strictObject({
        name: z.string(),
        type: z.string(),
        required: z.boolean(),
        length: z.number().optional(),
        options: z.array(z.string()).optional(),
        choices: z.array(z.strictObject({ key: z.string(), text: z.string(), inactive: z.boolean() })).optional(),
        localname: z.string().optional(),
        label: z.string().optional(),
        hasDefault: z.boolean().optional(),
        computed: z.boolean(),
        relatedType: z.string().optional(),
      }),
    ),
  })
  .transform(
    ({ name, label, localname, properties }): Limetype => ({
      ...{ name, label, localname },
      properties: new Map(
        properties.map(({ length, options, choices, localname, label, hasDefault, relatedType, ...property }) => [
          property.name,
          { ...property, length, options, choices, localname, label, hasDefault, relatedType },
        ]),
      ),
    }),
  );

/** The limetypes of a tenant, which is named by its organization and URL, so that another Lime is another tenant. */
export function shareLimetypes(texts: LimetypeTexts, tenant: string): SharedLimetypes {
  return {
    read: async (name) => {
      try {
        const found = await texts.read(tenant, name);
        return found && { at: found.at, limetype: Stored.parse(JSON.parse(found.text)) };
      } catch {
        return undefined;
      }
    },
    write: async ({ at, limetype }) => {
      const text = JSON.stringify({ ...limetype, properties: [...limetype.properties.values()] });
      await texts.write(tenant, limetype.name, { at, text }).catch(() => undefined);
    },
  };
}

/** For a caller without a table. */
export const notShared: SharedLimetypes = { read: async () => undefined, write: async () => undefined };
