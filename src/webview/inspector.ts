// The inspector's page: what it is told is all it knows, and what a person did to it outlives being hidden.
import * as l10n from "@vscode/l10n";
import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-textfield/index.js";
import { render } from "lit";
import { hexKey } from "./card.ts";
import { cardKeys, noCardKeys } from "./card-keys.ts";
import { listen } from "./listening.ts";
import { cardsOpenAtFirst, hasSearch, page } from "./page.ts";
import { isToPage, type ToHost, type ToPage } from "./protocol.ts";
import { styles } from "./styles.ts";
import type { Actions, View } from "./view.ts";
import { label } from "./words.ts";

declare function acquireVsCodeApi(): {
  postMessage(message: ToHost): void;
  getState(): unknown;
  setState(state: Kept): void;
};

/** What outlives the page being hidden. */
interface Kept {
  readonly open: Readonly<Record<string, boolean>>;
  readonly hex: readonly string[];
  readonly search: string;
  readonly scroll: number;
  /** The key of the card that had the focus last. */
  readonly current: string | undefined;
  /** For the extension, which is handed the state of a page that is to be made anew. */
  readonly file: string | undefined;
}

const copiedShows = 1_500;

const vscode = acquireVsCodeApi();
const root = document.body.appendChild(document.createElement("main"));
const said = document.body.appendChild(document.createElement("div"));
said.className = "said";
said.role = "status";

let keys = noCardKeys;
let view: View | undefined;
/** By key, of cards that are or were in the file. */
let opened: Readonly<Record<string, boolean>> = {};
let current: string | undefined;
let file: string | undefined;

const actions: Actions = {
  post: (message) => vscode.postMessage(message),
  copy(message, name, button) {
    vscode.postMessage(message);
    say(l10n.t("Copied {0}", name));
    if (!(button instanceof HTMLElement)) return;
    button.classList.add("done");
    setTimeout(() => button.classList.remove("done"), copiedShows);
  },
  search(text) {
    if (view === undefined || text === view.search) return;
    change({ search: text });
    const { matches } = view;
    say(l10n.t("{0} of {1} shown", matches.filter(Boolean).length, matches.length));
    if (text === "") searchField()?.focus();
  },
  toggle: (key) => open({ [key]: !(opened[key] ?? false) }),
  toggleHex(key) {
    const hex = new Set(view?.hex);
    if (!hex.delete(key)) hex.add(key);
    change({ hex });
  },
  setAll: (all) => open(Object.fromEntries((view?.keys ?? []).map((key) => [key, all]))),
  showAllChains: () => change({ allChains: true }),
  jump(card) {
    const index = view?.inspection.cards.findIndex(({ id }) => id === card) ?? -1;
    const key = view?.keys[index];
    if (key === undefined) return;
    open({ [key]: true });
    toggleOf(index)?.focus({ preventScroll: true });
    rowOf(index)?.scrollIntoView({ block: "start" });
  },
};

function show({ inspection, bundle, file: shown }: ToPage): void {
  file = shown;
  l10n.config({ contents: bundle ?? {} });
  const first = view === undefined;
  const kept = first ? keptState() : undefined;
  const focused = focusedCard();
  keys = cardKeys(inspection.cards, keys);
  if (kept !== undefined) ({ open: opened, current } = kept);
  const atFirst = inspection.cards.length <= cardsOpenAtFirst;
  opened = {
    ...opened,
    ...Object.fromEntries(keys.keys.filter((key) => opened[key] === undefined).map((key) => [key, atFirst])),
  };
  document.title = label(inspection.name);
  const before = { hex: new Set(kept?.hex), search: kept?.search ?? "", allChains: false, ...view };
  change({ ...before, inspection, keys: keys.keys, ...(hasSearch(inspection) ? {} : { search: "" }) });
  // What had the focus may be gone; its card is the next best.
  if (focused !== undefined && focusedCard() === undefined)
    toggleOf(keys.keys.indexOf(focused))?.focus({ preventScroll: true });
  if (kept !== undefined) {
    requestAnimationFrame(() => {
      window.scrollTo({ top: kept.scroll });
      if (document.hasFocus()) refocus();
      else window.addEventListener("focus", refocus, { once: true });
    });
  }
}

/** Draws what is different. */
function change(changes: Partial<View>): void {
  const { inspection, keys: viewKeys, hex, search, allChains } = { ...nothingShown, ...view, ...changes };
  const wanted = search.toLowerCase().split(/\s+/u).filter(Boolean);
  const matches = inspection.cards.map((card) => wanted.every((word) => card.search.includes(word)));
  const open = new Set(viewKeys.filter((key) => opened[key] === true));
  view = { inspection, keys: viewKeys, open, hex, search, matches, allChains };
  render(page(view, actions), root);
  keep();
}

const nothingShown: View = {
  inspection: { name: "", note: undefined, chains: [], cards: [] },
  keys: [],
  open: new Set(),
  hex: new Set(),
  search: "",
  matches: [],
  allChains: false,
};

function open(changes: Readonly<Record<string, boolean>>): void {
  opened = { ...opened, ...changes };
  change({});
}

function say(text: string): void {
  // The same words twice are two messages.
  said.textContent = said.textContent === text ? `${text}\u00a0` : text;
}

// --- what is kept

function keep(): void {
  if (view === undefined) return;
  const { inspection, search } = view;
  const name = (index: number): string | undefined => keys.byId.get(inspection.cards[index]?.id ?? "")?.name;
  const names = view.keys.map((key, index) => ({ key, name: name(index) ?? key, index }));
  vscode.setState({
    // By the names they would get anew.
    open: Object.fromEntries(names.map(({ key, name }) => [name, opened[key] ?? false])),
    hex: names.flatMap(({ key, name, index }) =>
      (inspection.cards[index]?.extensions ?? []).flatMap((_, extension) =>
        view?.hex.has(hexKey(key, extension)) === true ? [hexKey(name, extension)] : [],
      ),
    ),
    search,
    scroll: window.scrollY,
    current: names.find(({ key }) => key === current)?.name,
    file,
  });
}

function keptState(): Kept | undefined {
  const state = vscode.getState();
  // It comes from this page, of this or an earlier version.
  if (typeof state !== "object" || state === null) return undefined;
  const member = (name: keyof Kept): unknown => Reflect.get(state, name);
  const [open, hex, search, scroll, last] = [
    member("open"),
    member("hex"),
    member("search"),
    member("scroll"),
    member("current"),
  ];
  return {
    open: Object.fromEntries(
      Object.entries(Object(open)).flatMap(([key, value]) => (typeof value === "boolean" ? [[key, value]] : [])),
    ),
    hex: Array.isArray(hex) ? hex.filter((key) => typeof key === "string") : [],
    search: typeof search === "string" ? search : "",
    scroll: typeof scroll === "number" ? scroll : 0,
    current: typeof last === "string" ? last : undefined,
    file,
  };
}

// --- where the focus is

function rowOf(index: number): HTMLElement | undefined {
  return root.querySelectorAll<HTMLElement>(".card")[index];
}

function toggleOf(index: number): HTMLElement | undefined {
  return rowOf(index)?.querySelector<HTMLElement>(".toggle") ?? undefined;
}

function searchField(): HTMLElement | undefined {
  return root.querySelector<HTMLElement>("vscode-textfield") ?? undefined;
}

function focusedIndex(): number {
  return Number(document.activeElement?.closest<HTMLElement>(".card")?.dataset["index"] ?? -1);
}

function focusedCard(): string | undefined {
  return view?.keys[focusedIndex()];
}

function refocus(): void {
  if (document.activeElement === document.body && current !== undefined)
    toggleOf(view?.keys.indexOf(current) ?? -1)?.focus({ preventScroll: true });
}

/** The next card that is shown, or the last one before. */
function step(by: 1 | -1): void {
  const shown = (view?.matches ?? []).flatMap((matches, index) => (matches ? [index] : []));
  const here = focusedIndex();
  const next = by > 0 ? shown.find((index) => index > here) : shown.findLast((index) => index < here);
  if (next !== undefined) toggleOf(next)?.focus();
}

function onKey(event: KeyboardEvent): void {
  // While a word is being composed, its keys are the input method's.
  if (event.isComposing) return;
  const { key, ctrlKey, metaKey, altKey, target } = event;
  const [field, element] = [searchField(), target instanceof HTMLElement ? target : undefined];
  const inField = field !== undefined && element === field;
  const plain = !ctrlKey && !metaKey && !altKey;
  const onToggle = element?.matches(".toggle") === true;
  const taken = (): void => {
    event.preventDefault();
    event.stopPropagation();
  };
  if (
    field !== undefined &&
    ((key === "/" && plain && !inField) || (key.toLowerCase() === "f" && (ctrlKey || metaKey) && !altKey))
  ) {
    taken();
    field.focus();
  } else if (key === "Escape" && plain && view !== undefined && view.search !== "") {
    taken();
    actions.search("");
  } else if (plain && ((key === "ArrowDown" && (onToggle || inField)) || (key === "j" && !inField))) {
    taken();
    step(1);
  } else if (plain && ((key === "ArrowUp" && onToggle) || (key === "k" && !inField))) {
    taken();
    step(-1);
  } else if (key === " " && element?.localName === "vscode-button") {
    // It presses the button; the page would scroll, too.
    event.preventDefault();
  }
}

// --- the start

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

document.addEventListener("keydown", onKey);
document.addEventListener("focusin", () => {
  const card = focusedCard();
  if (card === undefined || card === current) return;
  current = card;
  keep();
});
let scrolled: ReturnType<typeof setTimeout> | undefined;
document.addEventListener("scroll", () => {
  clearTimeout(scrolled);
  scrolled = setTimeout(keep, 200);
});
listen(isToPage, show, () =>
  l10n.t(
    "The inspector might not show the current content of the file because of an internal error in mTLS Workbench. Open the file as text instead.",
  ),
);
vscode.postMessage({ kind: "ready" });
