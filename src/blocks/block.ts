import type { ParamSchema, Values } from '../schema/params.ts';
import type { Builder } from './builder.ts';
import type { Handle } from './fragment.ts';

export interface BlockDef<P extends ParamSchema = ParamSchema> {
  /** As documents name it: 'residual', 'residual-stage'. */
  readonly type: string;
  /** Raised with a migration when the meaning of a parameter changes. */
  readonly version: number;
  readonly title: string;
  readonly help: string;
  readonly source: string;
  readonly category: 'residual' | 'stages' | 'ends';
  readonly params: P;
  expand(b: Builder, x: Handle, params: Values<P>): Handle;
}

export function defineBlock<const P extends ParamSchema>(def: BlockDef<P>): BlockDef<P> {
  return def;
}
