import type { Side } from '../../src/document/arrange.ts';
export function alignSelection(_: Side): void {}
export function bypassSelection(): void {}
export function deleteSelection(_: boolean): void {}
export function duplicateSelection(): void {}
export function selectAll(): void {}
