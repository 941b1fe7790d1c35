// How a window of a test ends in the middle of what it does: nothing of it goes on, and nobody is told.
import type { Patience } from "../../../src/account/live/tools.ts";

/** Longer than any test takes. */
export const testPatience: Patience = { handover: 600_000, arrival: 600_000 };

export class Life {
  #isOver = false;

  end(): void {
    this.#isOver = true;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** What comes of it is never seen by a window that has ended. */
  after<Result>(work: PromiseLike<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      work.then(
        (result) => (this.#isOver ? undefined : resolve(result)),
        (error: unknown) => (this.#isOver ? undefined : reject(error)),
      );
    });
  }

  /** An object whose methods do nothing from then on, and never end. */
  lend<Lent extends object>(lent: Lent): Lent {
    return new Proxy(lent, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== "function") return member;
        return (...args: unknown[]) => {
          // Looking changes nothing, and what is looked up at once is used at once.
          if (this.#isOver && name !== "get") return new Promise(() => {});
          const result: unknown = member.apply(target, args);
          return result instanceof Promise ? this.after(result) : result;
        };
      },
    });
  }
}
