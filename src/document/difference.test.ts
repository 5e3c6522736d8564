import { expect, test } from 'vitest';
import { mend } from '../lower/index.ts';
import { findTemplate } from '../templates/index.ts';
import { differenceEdit } from './difference.ts';
import { applyEdit, removeNode, setTitle } from './edits.ts';

const resnet = findTemplate('resnet18').build({ input: [96, 96, 1], classes: 10, flavour: 'd2l', set: {} });

test('leads from one drawing to another, and back', () => {
  const broken = applyEdit(resnet, removeNode(resnet, 'stage2')).document;
  const mended = applyEdit(mend(broken).document, setTitle('Mended')).document;
  const edit = differenceEdit(broken, mended, 'Fix');
  const { document, inverse } = applyEdit(broken, edit);
  expect(new Set(document.nodes)).toEqual(new Set(mended.nodes));
  expect(new Set(document.wires)).toEqual(new Set(mended.wires));
  expect(document.title).toBe('Mended');
  expect(applyEdit(document, inverse).document).toEqual(broken);
});

test('of equal drawings nothing changes', () => {
  expect(differenceEdit(resnet, resnet, 'Nothing').changes).toEqual([]);
});
