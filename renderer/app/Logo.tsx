/** A residual block: a line through two boxes, and the skip around them. */
export function Logo() {
  return (
    <svg className="logo" width="22" height="22" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M9 1v22" stroke="currentColor" strokeWidth="2" />
      <path d="M9 3.5c11 0 11 17 0 17" fill="none" stroke="var(--accent)" strokeWidth="2.4" />
      <rect x="4" y="6.2" width="10" height="4.6" rx="1.2" fill="currentColor" />
      <rect x="4" y="13.2" width="10" height="4.6" rx="1.2" fill="currentColor" />
    </svg>
  );
}
