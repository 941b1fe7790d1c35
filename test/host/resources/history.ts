// What a view of a test is told of changes that were made on this machine.
import { Emitter } from "../../../src/account/event.ts";
import type { ShownChange } from "../../../src/account/shown-change.ts";
import type { ResourcesTools } from "../../../src/host/resources/tools.ts";

export class TestHistory implements Pick<ResourcesTools, "history"> {
  readonly #changed = new Emitter<void>();
  changes: readonly ShownChange[] = [];
  cleared = 0;

  get history(): ResourcesTools["history"] {
    const all = () => this.changes;
    return {
      get changes() {
        return all();
      },
      onDidChange: this.#changed.event,
      look: async () => this.#changed.fire(),
      clear: async () => {
        this.cleared += 1;
        this.show([]);
      },
    };
  }

  show(changes: readonly ShownChange[]): void {
    this.changes = changes;
    this.#changed.fire();
  }
}
