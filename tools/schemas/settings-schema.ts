import * as z from 'zod';
import { Settings } from '../../shared/mapping/settings/settings.ts';
import { PropertySource } from '../../shared/mapping/settings/source.ts';

/** The JSON Schema of a settings file, for editors. */
export function settingsSchema(): z.core.JSONSchema.JSONSchema {
  const schema = z.toJSONSchema(Settings, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema === PropertySource) {
        jsonSchema.oneOf = ['value', 'path', 'template'].map((key) => ({ required: [key] }));
      }
    },
  });
  return {
    ...schema,
    title: 'userlike-lime settings',
    description:
      "What Userlike's conversations become in Lime CRM. Names in brackets are those of Lime's own package for Userlike. userlike-lime check reports what a schema cannot express.",
  };
}

export function settingsSchemaText(): string {
  return `${JSON.stringify(settingsSchema(), undefined, 2)}\n`;
}
