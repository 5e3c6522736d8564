/** A person's words for a run, and how long they may be. */
import { z } from 'zod';

export const labelFields = {
  title: z.string().trim().min(1).max(200),
  note: z.string().max(20_000),
  tags: z.array(z.string().trim().min(1).max(40)).max(20),
};
export const labelChange = z.strictObject(labelFields).partial();
/** What is not named stays. */
export type LabelChange = z.infer<typeof labelChange>;

export interface RunLabels {
  /** In place of the one that the run began with. */
  readonly title?: string;
  readonly note: string;
  readonly tags: readonly string[];
}
