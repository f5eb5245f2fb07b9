import * as z from 'zod';

/**
 * A CloudFormation template as far as the local run may meet it. Strict: conditions, mappings and transforms would
 * decide what exists, so they are refused. `Rules` holds CDK's check of the bootstrap version, which is about the
 * account, and nothing reads `Outputs` here.
 */
export const Template = z.strictObject({
  AWSTemplateFormatVersion: z.unknown().optional(),
  Description: z.unknown().optional(),
  Metadata: z.unknown().optional(),
  Rules: z.unknown().optional(),
  Outputs: z.unknown().optional(),
  Parameters: z
    .record(z.string(), z.looseObject({ Type: z.string(), Default: z.union([z.string(), z.number()]).optional() }))
    .default({}),
  Resources: z.record(
    z.string(),
    z.strictObject({
      Type: z.string(),
      Properties: z.record(z.string(), z.unknown()).default({}),
      DependsOn: z.unknown().optional(),
      DeletionPolicy: z.unknown().optional(),
      UpdateReplacePolicy: z.unknown().optional(),
      Metadata: z.unknown().optional(),
    }),
  ),
});
export type Template = z.infer<typeof Template>;
