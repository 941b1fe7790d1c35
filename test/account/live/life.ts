// How a window of a test ends in the middle of what it does: nothing of it goes on, and nobody is told.
import { LiveMemory } from "../../../src/account/live/memory.ts";
import { RecordStore } from "../../../src/account/live/record-store.ts";
import type { Clock, LiveLog, Patience } from "../../../src/account/live/tools.ts";
import { memento, type SecretStore, type TestFolder } from "../storage.ts";

/** What a window leaves behind for the next one. */
export interface Remembered {
  readonly records: TestFolder;
  readonly secrets: SecretStore;
}

/** Longer than any test takes. */
export const testPatience: Patience = { handover: 600_000, arrival: 600_000 };

/** Nothing is done by it as time goes by. */
export const stillClock: Clock = { now: () => Date.now(), every: () => () => {} };

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

let count = 0;

/**
 * What a window remembers, until it ends.
 * @param isGone whether all other windows are known to have ended
 */
export function memoryOf({ records, secrets }: Remembered, life: Life, log: LiveLog, isGone = false): LiveMemory {
  const store = new RecordStore(life.lend(records), memento(), log.fault);
  return new LiveMemory(store, life.lend(secrets), { name: `window ${count++}`, isGone: () => isGone });
}
