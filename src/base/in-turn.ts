/** Makes a queue: each action begins when the one before has ended, however that ended. */
export function inTurn(): <T>(action: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (action) => {
    const done = last.then(action);
    // Its failure is told to whom it belongs; the next must not hear of it.
    last = done.catch(() => {});
    return done;
  };
}
