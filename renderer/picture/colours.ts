/** Colours of pictures that stand alone; the same as the page's (styles/tokens.css), which a test holds. */
import type { Category } from '../canvas/catalogue.ts';

export interface Colours {
  readonly ground: string;
  readonly raised: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly wire: string;
  readonly bad: string;
  readonly badSoft: string;
  readonly warnSoft: string;
  readonly categories: Readonly<Record<Category, string>>;
}

const light: Colours = {
  ground: '#ffffff',
  raised: '#ffffff',
  line: '#dcdfe6',
  lineStrong: '#b9bfcc',
  ink: '#1b1f2a',
  ink2: '#4b5364',
  ink3: '#646c7d',
  wire: '#8a93a6',
  bad: '#c02b2b',
  badSoft: '#fdeaea',
  warnSoft: '#fdf1d8',
  categories: {
    ends: '#14804a',
    residual: '#3d5bd9',
    stages: '#7443c9',
    layers: '#0d72b0',
    normalisation: '#0b7d78',
    activation: '#b25a00',
    pooling: '#9a3fa8',
    joining: '#bf2d69',
    shape: '#5a6478',
    custom: '#8a6a00',
  },
};

const dark: Colours = {
  ground: '#191c24',
  raised: '#20242e',
  line: '#2b303c',
  lineStrong: '#464d5e',
  ink: '#eceef4',
  ink2: '#b4bac8',
  ink3: '#929aab',
  wire: '#6c7588',
  bad: '#ff8080',
  badSoft: '#3c1d20',
  warnSoft: '#37290f',
  categories: {
    ends: '#4fc98a',
    residual: '#8ea4ff',
    stages: '#bb97f5',
    layers: '#5cb5ec',
    normalisation: '#4cc7c0',
    activation: '#f0a353',
    pooling: '#dd8ee8',
    joining: '#f587b4',
    shape: '#a3adc1',
    custom: '#e0bb45',
  },
};

export const themes = { light, dark } as const;
export type Theme = keyof typeof themes;
