import type { Template } from 'aws-cdk-lib/assertions';

/** Logical id and properties of the only resource of a type whose logical id contains `part`. */
export function resource(template: Template, type: string, part = ''): { id: string; properties: Properties } {
  const found = Object.entries(template.findResources(type)).filter(([id]) => id.includes(part));
  const [only] = found;
  if (only === undefined || found.length > 1)
    throw new Error(`${found.length} resources ${type} with ${part} in their id`);
  const [id, { Properties: properties }] = only;
  return { id, properties };
}

type Properties = ReturnType<Template['findResources']>[string];
