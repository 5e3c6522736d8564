import {
  Activity,
  AlignHorizontalDistributeCenter,
  Box,
  Flag,
  GitMerge,
  Layers,
  type LucideIcon,
  Minimize2,
  Puzzle,
  Scaling,
  Spline,
} from 'lucide-react';
import type { Category } from './catalogue.ts';

/** One for each category; the name beside it says the rest. */
export const categoryIcons: Readonly<Record<Category, LucideIcon>> = {
  residual: Spline,
  stages: Layers,
  ends: Flag,
  layers: Box,
  normalisation: AlignHorizontalDistributeCenter,
  activation: Activity,
  pooling: Minimize2,
  joining: GitMerge,
  shape: Scaling,
  custom: Puzzle,
};
