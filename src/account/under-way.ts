// Changes that are under way in this window, as rows say it: known without what makes them.
import { Emitter } from "./event.ts";

/** `asking`: it does not go on without an answer. */
export type UnderWay = "sending" | "deploying" | "reading" | "asking";

/** What is changed. */
export interface Changed {
  /** Twelve digits. */
  readonly account: string;
  /** The target's. */
  readonly kind: string;
  readonly id: string;
}

export interface ChangedHere extends Changed {
  readonly state: UnderWay;
}

export class ChangesHere {
  readonly #changed = new Emitter<readonly Changed[]>();
  #all: ReadonlyMap<string, ChangedHere> = new Map();
  /** Resources of which something else is to be said. */
  readonly onDidChange = this.#changed.event;

  of(resource: Changed): UnderWay | undefined {
    return this.#all.get(keyOf(resource))?.state;
  }

  /** All there are. Of two of one resource the first counts. */
  show(all: readonly ChangedHere[]): void {
    const before = this.#all;
    this.#all = new Map(all.toReversed().map((one) => [keyOf(one), one]));
    const moved = [...new Map([...before, ...this.#all]).values()].filter(
      (one) => before.get(keyOf(one))?.state !== this.of(one),
    );
    if (moved.length > 0) this.#changed.fire(moved);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function keyOf({ account, kind, id }: Changed): string {
  return `${account}/${kind}/${id}`;
}
