import type { Noted, StandInOptions } from './protocol.ts';

export const options = JSON.parse(process.env.STEMMA_STAND_IN ?? '{}') as StandInOptions;
export const noted: Noted[] = [];
export const log: string[] = [];

export function note(what: string, ...details: unknown[]): void {
  noted.push({ what, details });
}

/** Electron's events carry a way to prevent what they announce. */
export function preventable<T extends object>(
  more: T,
): T & { readonly prevented: boolean; readonly defaultPrevented: boolean; preventDefault(): void } {
  let prevented = false;
  return {
    ...more,
    get prevented() {
      return prevented;
    },
    get defaultPrevented() {
      return prevented;
    },
    preventDefault() {
      prevented = true;
    },
  };
}
