import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Card, Inspection } from "../core/messages/inspection/inspection.ts";
import { acceptance } from "./acceptance.ts";
import { card } from "./card.ts";
import { chains } from "./chains.ts";
import { icon } from "./icons.ts";
import type { Actions, View } from "./view.ts";
import { most, words } from "./words.ts";

/** With fewer, everything is seen at a glance. */
const cardsWorthSearching = 6;
/** With more, each is a row until it is opened. */
export const cardsOpenAtFirst = 3;

export function hasSearch({ cards }: Inspection): boolean {
  return cards.length >= cardsWorthSearching;
}

export function page(view: View, actions: Actions): TemplateResult {
  const { inspection, search } = view;
  const { name, note, cards } = inspection;
  const searchable = hasSearch(inspection);
  return html`
    <header class="top">
      <div class="what">
        <h1>${words(name, most.title)}</h1>
        ${
          cards.length > 0
            ? html`<p>${counts(cards).map((count, index) => html`${index > 0 ? " · " : ""}<span>${count}</span>`)}</p>`
            : nothing
        }
      </div>
      ${
        cards.length > 0
          ? html`
            <div role="group" aria-label=${l10n.t("Actions for the whole file")}>
              ${searchable ? nothing : foldButtons(view, actions)}
              <vscode-button secondary
                @click=${() =>
                  actions.post({ kind: "compare", card: undefined })}>${l10n.t("Compare with…")}</vscode-button>
            </div>
          `
          : nothing
      }
    </header>
    ${note === undefined ? nothing : notice(note)} ${acceptance(inspection.acceptance, actions)}
    ${
      searchable
        ? html`<div
      class="toolbar">${searchField(view, actions)}${foldButtons(view, actions)}</div>`
        : nothing
    }
    ${search === "" ? chains(inspection.chains, view.allChains, actions) : nothing}
    ${
      cards.length > 0
        ? html`<ul class="cards">${repeat(
            cards,
            (_, index) => view.keys[index],
            (one, index) => card(one, index, view, actions),
          )}</ul>`
        : nothing
    }
    ${
      cards.length > 0 && !view.matches.includes(true)
        ? html`<p class="nothing">${l10n.t("No results in this file.")} <button class="link"
          @click=${() => actions.search("")}>${l10n.t("Clear Search")}</button></p>`
        : nothing
    }
  `;
}

function counts(cards: readonly Card[]): readonly string[] {
  const kinds = { certificate: 0, request: 0, "private-key": 0, damaged: 0, other: 0 };
  for (const { kind } of cards) kinds[kind]++;
  return [
    many(
      kinds.certificate,
      () => l10n.t("1 certificate"),
      (count) => l10n.t("{0} certificates", count),
    ),
    many(
      kinds.request,
      () => l10n.t("1 certificate request"),
      (count) => l10n.t("{0} certificate requests", count),
    ),
    many(
      kinds["private-key"],
      () => l10n.t("1 private key"),
      (count) => l10n.t("{0} private keys", count),
    ),
    many(
      kinds.damaged,
      () => l10n.t("1 damaged block"),
      (count) => l10n.t("{0} damaged blocks", count),
    ),
    many(
      kinds.other,
      () => l10n.t("1 other block"),
      (count) => l10n.t("{0} other blocks", count),
    ),
  ].filter((part) => part !== undefined);
}

function many(count: number, one: () => string, more: (count: number) => string): string | undefined {
  return count === 0 ? undefined : count === 1 ? one() : more(count);
}

function notice({ tone, text, steps }: NonNullable<Inspection["note"]>): TemplateResult {
  return html`
    <section class="note" data-tone=${tone} aria-label=${l10n.t("Note")}>
      ${icon(tone)}
      <div>
        <p>${words(text, most.message)}</p>
        ${
          steps.length > 0
            ? html`<ol>${steps.map(
                (step) => html`<li
          class="code">${words(step, most.message)}</li>`,
              )}</ol>`
            : nothing
        }
      </div>
    </section>
  `;
}

function searchField({ search, matches }: View, actions: Actions): TemplateResult {
  const onInput = ({ target }: Event): void => {
    if (target instanceof HTMLElement && "value" in target && typeof target.value === "string")
      actions.search(target.value);
  };
  const clear = l10n.t("Clear Search");
  return html`
    <search>
      <vscode-textfield .value=${search} .label=${l10n.t("Search in this file")}
        .placeholder=${l10n.t("Search names, serial numbers, fingerprints…")} @input=${onInput}>
        <span slot="content-before" class="in-field">${icon("search")}</span>
        <span slot="content-after" class="in-field">
          ${
            search === ""
              ? html`<kbd aria-hidden="true">/</kbd>`
              : html`
                <span class="shown">${l10n.t("{0} of {1}", matches.filter(Boolean).length, matches.length)}</span>
                <button class="small" aria-label=${clear} title=${clear}
                  @click=${() => actions.search("")}>${icon("cross")}</button>
              `
          }
        </span>
      </vscode-textfield>
    </search>
  `;
}

function foldButtons({ inspection }: View, actions: Actions): TemplateResult | typeof nothing {
  if (inspection.cards.length <= cardsOpenAtFirst) return nothing;
  return html`
    <vscode-button secondary @click=${() => actions.setAll(true)}>${l10n.t("Expand All")}</vscode-button>
    <vscode-button secondary @click=${() => actions.setAll(false)}>${l10n.t("Collapse All")}</vscode-button>
  `;
}
