/** Runs of a property: so many in `npm test`, ten times as many in `npm run verify`. */
export const runs = (count: number) => (process.env.STEMMA_VERIFY ? 10 * count : count);
