/** Colours of pictures. A picture stands alone, so they are copies of styles/tokens.css; a test compares them. */
import type { Category } from '../canvas/catalogue.ts';

export interface Colours {
  readonly canvas: string;
  readonly raised: string;
  readonly sunken: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly wire: string;
  readonly warnSoft: string;
  readonly category: Readonly<Record<Category, string>>;
}

export type PictureTheme = 'light' | 'dark';

export const colours: Readonly<Record<PictureTheme, Colours>> = {
  light: {
    ...{ canvas: '#f7f8fa', raised: '#ffffff', sunken: '#eceef2', line: '#dcdfe6', lineStrong: '#b9bfcc' },
    ...{ ink: '#1b1f2a', ink2: '#4b5364', ink3: '#646c7d', wire: '#8a93a6', warnSoft: '#fdf1d8' },
    category: {
      ...{ ends: '#14804a', residual: '#3d5bd9', stages: '#7443c9', layers: '#0d72b0' },
      ...{ normalisation: '#0b7d78', activation: '#b25a00', pooling: '#9a3fa8' },
      ...{ joining: '#bf2d69', shape: '#5a6478', custom: '#8a6a00' },
    },
  },
  dark: {
    ...{ canvas: '#14161c', raised: '#20242e', sunken: '#14161d', line: '#2b303c', lineStrong: '#464d5e' },
    ...{ ink: '#eceef4', ink2: '#b4bac8', ink3: '#929aab', wire: '#6c7588', warnSoft: '#37290f' },
    category: {
      ...{ ends: '#4fc98a', residual: '#8ea4ff', stages: '#bb97f5', layers: '#5cb5ec' },
      ...{ normalisation: '#4cc7c0', activation: '#f0a353', pooling: '#dd8ee8' },
      ...{ joining: '#f587b4', shape: '#a3adc1', custom: '#e0bb45' },
    },
  },
};
