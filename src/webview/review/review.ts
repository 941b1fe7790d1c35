// The page of a live change: what it is told is all it knows.
import * as l10n from "@vscode/l10n";
import "@vscode-elements/elements/dist/vscode-button/index.js";
import { render } from "lit";
import type { Phase } from "../../account/live/review/page.ts";
import { listen } from "../listening.ts";
import { styles } from "../styles.ts";
import { label } from "../words.ts";
import { page } from "./page.ts";
import { type FromReview, isToReview, type ToReview } from "./protocol.ts";
import { reviewStyles } from "./styles.ts";

declare function acquireVsCodeApi(): {
  postMessage(message: FromReview): void;
  /** For the extension, which is handed the state of a page that is to be made anew. */
  setState(state: { readonly record: string | undefined }): void;
};

const vscode = acquireVsCodeApi();
const root = document.body.appendChild(document.createElement("main"));

let phase: Phase | undefined;

function show({ page: shown, bundle, record, isAsking }: ToReview): void {
  l10n.config({ contents: bundle ?? {} });
  vscode.setState({ record });
  document.title = label(shown.title);
  const hadFocus = document.activeElement !== null && root.contains(document.activeElement);
  render(
    page(shown, (message) => vscode.postMessage(message)),
    root,
  );
  // Never a button: nothing is done by who types on. What had the focus may be gone.
  const isLost = hadFocus && !root.contains(document.activeElement);
  if (isAsking || isLost) root.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  // What becomes of it stands at the top.
  if (isAsking || (phase === "review" && shown.phase !== phase)) window.scrollTo({ top: 0 });
  phase = shown.phase;
}

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles + reviewStyles);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

document.addEventListener("keydown", (event) => {
  // It presses the button; the page would scroll, too.
  if (event.key === " " && event.target instanceof HTMLElement && event.target.localName === "vscode-button")
    event.preventDefault();
});
listen(isToReview, show, () =>
  l10n.t(
    "The page might not show the current state of the change because of an internal error in mTLS Workbench. Close it, and open it again from the status bar.",
  ),
);
vscode.postMessage({ kind: "ready" });
