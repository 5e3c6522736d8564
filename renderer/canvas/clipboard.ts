export function copySelection(): void {}
export function cutSelection(): void {}
export function pasteHere(): void {}
