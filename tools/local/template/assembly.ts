import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { Template } from './template.ts';
import { UnsupportedTemplateError } from './unsupported.ts';

/** The output of `cdk synth`: the template of the one stack and the code of its functions. */
export type Assembly = {
  stackName: string;
  template: Template;
  /** The directory of a function's code, by the key under which CDK uploads it. */
  codeDirectory: (s3Key: string) => string | undefined;
};

const Manifest = z.looseObject({
  artifacts: z.record(z.string(), z.looseObject({ type: z.string(), properties: z.looseObject({}).optional() })),
});
const StackProperties = z.looseObject({ templateFile: z.string(), stackName: z.string().optional() });
const AssetProperties = z.looseObject({ file: z.string() });
const Assets = z.looseObject({
  files: z.record(
    z.string(),
    z.looseObject({
      source: z.looseObject({ path: z.string().optional(), packaging: z.string().optional() }),
      destinations: z.record(z.string(), z.looseObject({ objectKey: z.string() })),
    }),
  ),
});

export async function readAssembly(directory: string): Promise<Assembly> {
  const read = async <T>(file: string, schema: z.ZodType<T>): Promise<T> => {
    const parsed = schema.safeParse(JSON.parse(await readFile(join(directory, file), 'utf8')));
    if (parsed.success) return parsed.data;
    throw new UnsupportedTemplateError(
      parsed.error.issues.map((issue) => `${file}: ${issue.path.join('.')}: ${issue.message}`),
    );
  };

  const artifacts = Object.entries((await read('manifest.json', Manifest)).artifacts);
  const propertiesOf = <T>(type: string, schema: z.ZodType<T>): [string, T][] =>
    artifacts.flatMap(([id, artifact]) => (artifact.type === type ? [[id, schema.parse(artifact.properties)]] : []));

  const stacks = propertiesOf('aws:cloudformation:stack', StackProperties);
  const [stack] = stacks;
  if (stack === undefined || stacks.length > 1) {
    throw new UnsupportedTemplateError([`manifest.json: one stack was expected, there are ${stacks.length}`]);
  }
  const [id, { templateFile, stackName = id }] = stack;

  const directories = new Map<string, string>();
  for (const [, { file }] of propertiesOf('cdk:asset-manifest', AssetProperties)) {
    for (const { source, destinations } of Object.values((await read(file, Assets)).files)) {
      if (source.packaging !== 'zip' || source.path === undefined) continue;
      for (const { objectKey } of Object.values(destinations)) directories.set(objectKey, join(directory, source.path));
    }
  }
  return { stackName, template: await read(templateFile, Template), codeDirectory: (s3Key) => directories.get(s3Key) };
}
