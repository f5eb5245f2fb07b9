import * as z from 'zod';

/** The tenant's scale of ratings, for the computed field `rating`. */
export const RatingScale = z
  .strictObject({
    lowest: z.number().default(1).meta({ description: "The tenant's value for Userlike's lowest rating, 1." }),
    highest: z.number().default(5).meta({ description: "The tenant's value for Userlike's highest rating, 5." }),
    decimals: z.int().min(0).max(4).default(0).meta({ description: 'Digits after the point.' }),
  })
  .refine(({ lowest, highest }) => lowest !== highest, {
    path: ['highest'],
    message: 'is the same as lowest, so that all ratings would be equal',
  });
export type RatingScale = z.infer<typeof RatingScale>;
