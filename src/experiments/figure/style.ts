/** Colours and letters of a figure; those of the page's themes, so that a figure suits the page and a paper. */
export interface FigureTheme {
  readonly ground: string;
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  /** For one after the other, told apart by those who see few colours too. */
  readonly series: readonly string[];
}

export const figureThemes = {
  light: {
    ...{ ground: '#ffffff', ink: '#1b1f2a', muted: '#4b5364', line: '#dcdfe6' },
    series: ['#3d5bd9', '#b25a00', '#0f7541', '#bf2d69', '#0b7d78', '#7443c9', '#8a6a00', '#5a6478'],
  },
  dark: {
    ...{ ground: '#191c24', ink: '#eceef4', muted: '#b4bac8', line: '#2b303c' },
    series: ['#8ea4ff', '#f0a353', '#4fc98a', '#f587b4', '#4cc7c0', '#bb97f5', '#e0bb45', '#a3adc1'],
  },
} as const satisfies Record<string, FigureTheme>;

export const FONT = "Inter, 'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif";

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
