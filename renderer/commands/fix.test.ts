import { expect, test } from 'vitest';
import { setParams } from '../../src/document/edits.ts';
import { groupNodes } from '../../src/document/group.ts';
import { findTemplate } from '../../src/templates/index.ts';
import { defaultOptions } from '../../src/templates/template.ts';
import {
  attempt,
  documentNow,
  goInside,
  openDocument,
  shownNow,
  undoEdit,
  useEditor,
} from '../state/editor.ts';
import type { Command } from './command.ts';
import { findCommand } from './index.ts';
import { runCommand } from './run.ts';

const errors = () => useEditor.getState().shownDiagnostics.filter((d) => d.severity === 'error').length;

test('inside of a block its errors are mended as one entry of the history', async () => {
  openDocument(findTemplate('resnet18').build(defaultOptions));
  attempt((d) => groupNodes(d, ['stage1', 'stage2'], { name: 'two', repeat: 1, exposed: [] }));
  goInside(documentNow().blocks[0]?.type ?? null);
  const whole = shownNow();
  attempt((d) => setParams(d, 'stage1', { filters: -1 }));
  attempt((d) => setParams(d, 'stage2', { strides: 0 }));
  const broken = documentNow();
  expect(errors()).toBeGreaterThan(1);
  await runCommand(findCommand('network.fix') as Command);
  expect(errors()).toBe(0);
  expect(shownNow().nodes.map((n) => n.id)).toEqual(whole.nodes.map((n) => n.id));
  undoEdit();
  expect(documentNow()).toEqual(broken);
});
