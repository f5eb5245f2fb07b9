import * as z from 'zod';
import { StageFile } from '../../infra/stage.ts';

/** The JSON Schema of a stage file, for editors. */
export function stageSchema(): z.core.JSONSchema.JSONSchema {
  // The input of a number is anything, because the context gives text. A file has the output, with every option optional.
  const { required: _, ...schema } = z.toJSONSchema(StageFile, {
    io: 'output',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      // A time of day becomes minutes. A file has the text.
      if (zodSchema instanceof z.ZodPipe && zodSchema.def.out instanceof z.ZodTransform) {
        const { $schema: _, ...text } = z.toJSONSchema(zodSchema.def.in);
        Object.assign(jsonSchema, text);
      }
    },
  });
  return {
    ...schema,
    title: 'userlike-lime stage',
    description: 'The options of one deployment, stages/<stage>.json.',
  };
}

export function stageSchemaText(): string {
  return `${JSON.stringify(stageSchema(), undefined, 2)}\n`;
}
