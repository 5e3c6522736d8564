/** Apart from the contract, so that a page carries no validator. */

/** Of a file of a picture that is asked about. */
export const MAX_PICTURE_BYTES = 32 * 2 ** 20;
/** Of a picture that comes as its pixels. */
export const MAX_SIDE = 2048;
