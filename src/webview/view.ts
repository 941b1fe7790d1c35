import type { Inspection } from "../core/messages/inspection/inspection.ts";
import type { ToHost } from "./protocol.ts";

/** What is on the page, and how far it is opened. */
export interface View {
  readonly inspection: Inspection;
  /** For each card, in their order: what its state is kept by. */
  readonly keys: readonly string[];
  /** The cards that are open, by key. */
  readonly open: ReadonlySet<string>;
  /** The values that are shown as hex too, by `hexKey`. */
  readonly hex: ReadonlySet<string>;
  /** What is searched for, as typed. */
  readonly search: string;
  /** Whether each card has it, in their order. */
  readonly matches: readonly boolean[];
  readonly allChains: boolean;
}

/** What a person does on the page. */
export interface Actions {
  post(message: ToHost): void;
  /** Copies, and says that `name` was copied, at the button and to a screen reader. */
  copy(message: ToHost, name: string, button: EventTarget | null): void;
  search(text: string): void;
  toggle(key: string): void;
  toggleHex(key: string): void;
  setAll(open: boolean): void;
  showAllChains(): void;
  /** Opens the card with this id and brings it into view. */
  jump(card: string): void;
}
