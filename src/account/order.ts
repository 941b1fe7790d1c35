export type Order<T> = (a: T, b: T) => number;

export function first<T>(...orders: readonly Order<T>[]): Order<T> {
  return (a, b) => {
    for (const order of orders) {
      const result = order(a, b);
      if (result !== 0) return result;
    }
    return 0;
  };
}

/** Not `localeCompare`: of thousands that takes long. */
export function by<T>(value: (item: T) => string | number): Order<T> {
  return (a, b) => {
    const [left, right] = [value(a), value(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  };
}

/** Upper and lower case are the same. */
export const byName = by<{ readonly name: string }>(({ name }) => name.toLowerCase());
