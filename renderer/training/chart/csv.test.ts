import { expect, test } from 'vitest';
import { Column, Curve } from './column.ts';
import { csvPieces } from './csv.ts';

test('every step once, nothing where a line has nothing', () => {
  const places = { step: Column.of([1, 2]), time: Column.of([0.5, 1]) };
  const look = { colour: '', width: 1 };
  const lines = [
    { ...look, label: 'each batch', places, y: Curve.of([3, Number.NaN]) },
    {
      ...{ ...look, label: 'held "out", all' },
      places: { step: Column.of([2, 4]), time: Column.of([1, 2]) },
      y: Curve.of([0.25, 0.125]),
    },
  ];
  expect([...csvPieces(lines, 2)].join('')).toBe(
    'step,epoch,seconds,each batch,"held ""out"", all"\n1,0.5,0.5,3,\n2,1,1,,0.25\n4,2,2,,0.125\n',
  );
});
