import * as z from 'zod';

/**
 * The parts of a CloudFormation template that the local run supports. Strict: conditions, mappings and transforms could
 * change which resources exist, so they are refused. `Rules` contains CDK's check of the bootstrap version, which
 * concerns the account. Nothing reads `Outputs` here.
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
