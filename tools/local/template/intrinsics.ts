import * as z from 'zod';
import type { Template } from './template.ts';
import { UnsupportedTemplateError } from './unsupported.ts';

/** The results of `Ref` and `Fn::GetAtt` for a resource. */
export type Identity = { ref: string; attributes: Record<string, string> };

/** Values of the pseudo parameters, for example `AWS::Region`. */
export type Pseudo = Record<string, string>;

/** Replaces the intrinsic functions in a value. `at` is its path, for the message about an unknown one. */
export type Resolve = (value: unknown, at: string) => unknown;

const GetAtt = z.union([
  z.tuple([z.string(), z.string()]),
  z
    .string()
    .regex(/^\w+\..+$/)
    .transform((text) => [text.slice(0, text.indexOf('.')), text.slice(text.indexOf('.') + 1)] as const),
]);
const Join = z.tuple([z.string(), z.array(z.unknown())]);
const Select = z.tuple([z.coerce.number().pipe(z.int().min(0)), z.array(z.unknown())]);
const Split = z.tuple([z.string(), z.unknown()]);
const Sub = z.union([
  z.string().transform((text): [string, Record<string, unknown>] => [text, {}]),
  z.tuple([z.string(), z.record(z.string(), z.unknown())]),
]);

/** CloudFormation's `AWS::NoValue`: a property with this value is left out. */
const NO_VALUE = 'AWS::NoValue';

export function createResolver(options: {
  parameters: Template['Parameters'];
  pseudo: Pseudo;
  identities: ReadonlyMap<string, Identity>;
}): Resolve {
  const { parameters, pseudo, identities } = options;

  const ref = (name: string, at: string): unknown => {
    if (name === NO_VALUE) return undefined;
    if (Object.hasOwn(pseudo, name)) return pseudo[name];
    const identity = identities.get(name);
    if (identity !== undefined) return identity.ref;
    const parameter = parameters[name];
    if (parameter !== undefined && ['String', 'Number'].includes(parameter.Type) && parameter.Default !== undefined) {
      return parameter.Default;
    }
    throw new UnsupportedTemplateError([`${at}: Ref to ${name}, which has no value in a local run`]);
  };

  const attribute = ([id, name]: readonly [string, string], at: string): string => {
    const value = identities.get(id)?.attributes[name];
    if (value === undefined)
      throw new UnsupportedTemplateError([`${at}: Fn::GetAtt ${id}.${name} has no value in a local run`]);
    return value;
  };

  const text = (value: unknown, at: string): string => {
    const resolved = resolve(value, at);
    if (typeof resolved === 'string' || typeof resolved === 'number') return String(resolved);
    throw new UnsupportedTemplateError([`${at}: a text was expected`]);
  };

  const list = (value: unknown[], at: string): unknown[] => value.map((item) => resolve(item, at));

  const intrinsics: Record<string, (argument: unknown, at: string) => unknown> = {
    Ref: (argument, at) => ref(parse(z.string(), argument, at), at),
    'Fn::GetAtt': (argument, at) => attribute(parse(GetAtt, argument, at), at),
    'Fn::Join': (argument, at) => {
      const [delimiter, parts] = parse(Join, argument, at);
      return parts.map((part) => text(part, at)).join(delimiter);
    },
    'Fn::Split': (argument, at) => {
      const [delimiter, source] = parse(Split, argument, at);
      return text(source, at).split(delimiter);
    },
    'Fn::Select': (argument, at) => {
      const [index, items] = parse(Select, Array.isArray(argument) ? list(argument, at) : argument, at);
      return items[index];
    },
    'Fn::Sub': (argument, at) => {
      const [template, names] = parse(Sub, argument, at);
      return template.replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
        if (literal !== '') return `\${${name}}`;
        if (Object.hasOwn(names, name)) return text(names[name], at);
        if (!name.includes('.') || name.includes('::')) return String(ref(name, at));
        return attribute(parse(GetAtt, name, at), at);
      });
    },
  };

  const resolve: Resolve = (value, at) => {
    if (Array.isArray(value)) return value.map((item, index) => resolve(item, `${at}.${index}`));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [[name, argument] = ['', undefined]] = entries;
    if (entries.length === 1 && (name === 'Ref' || name === 'Condition' || name.startsWith('Fn::'))) {
      const intrinsic = intrinsics[name];
      if (intrinsic === undefined) throw new UnsupportedTemplateError([`${at}: ${name} is not known to the local run`]);
      return intrinsic(argument, at);
    }
    const resolved = entries.map(([key, item]) => [key, resolve(item, `${at}.${key}`)] as const);
    return Object.fromEntries(resolved.filter(([, item]) => item !== undefined));
  };
  return resolve;
}

function parse<T>(schema: z.ZodType<T>, value: unknown, at: string): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new UnsupportedTemplateError([`${at}: malformed intrinsic function`]);
  return parsed.data;
}
