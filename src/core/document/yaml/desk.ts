import type { Span } from "../../text.ts";
import type { Node } from "../tree.ts";
import type { Page } from "./layout.ts";
import type { Styles } from "./style.ts";

/** What writes a value that goes along, with what else changes in it. */
export interface Desk {
  readonly page: Page;
  readonly styles: Styles;
  text(carried: Node, span: Span): string;
}
