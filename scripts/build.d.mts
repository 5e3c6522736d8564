export function buildIfStale(): Promise<void>;
export function buildAllIfStale(): Promise<void>;
