const RADIUS = 7;
const ROUND = 2 * Math.PI * RADIUS;

/** How far something is, as a ring that closes. */
export function Ring({ share }: { readonly share: number }) {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
      <circle className="ring" cx="9" cy="9" r={RADIUS} />
      <circle
        className="ring-done"
        cx="9"
        cy="9"
        r={RADIUS}
        strokeDasharray={`${share * ROUND} ${ROUND}`}
        transform="rotate(-90 9 9)"
      />
    </svg>
  );
}
