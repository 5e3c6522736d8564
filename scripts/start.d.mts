type Environment = Readonly<Record<string, string | undefined>>;
type Decision =
  | { readonly host: 'electron'; readonly program: string }
  | { readonly host: 'web'; readonly why: string };

export function electronProgram(env?: Environment, folder?: string): string | undefined;
export function hasDisplay(env?: Environment, platform?: string): boolean;
export function decide(there: {
  readonly web: boolean;
  readonly display: boolean;
  readonly program: () => string | undefined;
}): Decision;
export function main(argv: readonly string[]): Promise<number>;
