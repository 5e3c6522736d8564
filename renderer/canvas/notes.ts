export function addComment(): void {}
export function addFrame(): void {}
