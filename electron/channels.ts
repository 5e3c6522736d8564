/** The two lines between page and main process. */
export const CALL = 'stemma:call';
export const EVENT = 'stemma:event';
