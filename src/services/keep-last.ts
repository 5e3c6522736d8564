/** The last value by its key, so that one is in memory and no more. */
export function keepLast<T>() {
  let kept: { readonly key: string; readonly value: Promise<T> } | undefined;
  return (key: string, make: () => Promise<T>): Promise<T> => {
    if (kept?.key === key) return kept.value;
    const value = make();
    kept = { key, value };
    // What failed may be tried again.
    value.catch(() => {
      if (kept?.value === value) kept = undefined;
    });
    return value;
  };
}
