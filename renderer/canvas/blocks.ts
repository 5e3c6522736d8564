export function editSelectedBlock(): void {}
export function leaveBlock(): void {}
export function unpackSelection(): void {}
