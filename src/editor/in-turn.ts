/** Runs tasks one after the other, in the order they were given. A task that fails does not hold up the next. */
export type InTurn = <Result>(task: () => Promise<Result>) => Promise<Result>;

export function oneAfterTheOther(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = last.then(task);
    last = result.catch(() => undefined);
    return result;
  };
}
