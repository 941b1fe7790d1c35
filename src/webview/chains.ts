import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { ChainNode } from "../core/messages/inspection/inspection.ts";
import { type IconName, icon } from "./icons.ts";
import { plainText } from "./shown-text.ts";
import type { Actions } from "./view.ts";
import { label, most, words } from "./words.ts";

/** More would push the cards out of sight. */
const chainsAtFirst = 3;
/** More stand below each other, however wide the page is. */
const nodesInARow = 3;

export function chains(
  all: readonly (readonly ChainNode[])[],
  everyOne: boolean,
  actions: Actions,
): TemplateResult | typeof nothing {
  if (all.length === 0) return nothing;
  const hidden = everyOne ? 0 : Math.max(0, all.length - chainsAtFirst);
  return html`
    <section class="chains" aria-labelledby="chains">
      <h2 id="chains">${all.length === 1 ? l10n.t("Chain") : l10n.t("Chains")}</h2>
      ${repeat(all.slice(0, all.length - hidden), (chain) => chainOf(chain, actions))}
      ${
        hidden > 0
          ? html`<button class="link" @click=${() => actions.showAllChains()}>${
              hidden === 1 ? l10n.t("Show 1 more chain") : l10n.t("Show {0} more chains", hidden)
            }</button>`
          : nothing
      }
    </section>
  `;
}

function chainOf(chain: readonly ChainNode[], actions: Actions): TemplateResult {
  const name = l10n.t("Chain of {0}", label(chain[0]?.title ?? ""));
  const telling = chain
    .map(({ link }) => link)
    .filter((link) => link !== undefined)
    .filter(({ state }) => state !== "valid" && state !== "unchecked");
  return html`
    <ol class=${chain.length > nodesInARow ? "chain long" : "chain"} aria-label=${name}>
      ${chain.map(
        (node) => html`<li>${box(node, actions)}${node.link === undefined ? nothing : arrow(node.link)}</li>`,
      )}
    </ol>
    ${
      telling.length > 0
        ? html`<ul class="telling">${telling.map(
            ({ state, text }) => html`<li
      data-state=${state}>${icon(linkIcons[state])}<span>${words(text, most.message)}</span></li>`,
          )}</ul>`
        : nothing
    }
  `;
}

function box({ card, title, role }: ChainNode, actions: Actions): TemplateResult {
  const content = html`<span class="role">${roleName(role)}</span> <span
    class="name">${words(title, most.title)}</span>`;
  if (card === undefined) return html`<div class="node missing">${content}</div>`;
  const jump = (event: Event): void => {
    event.preventDefault();
    actions.jump(card);
  };
  return html`<a class="node" href="#card-${card}" @click=${jump}>${content}</a>`;
}

/** In few words: the boxes at its ends say who. */
function arrow({ state, text }: Link): TemplateResult {
  return html`
    <div class="issued" data-state=${state} title=${plainText(text, most.message)}>
      <span class="line" aria-hidden="true">${icon(linkIcons[state])}<span class="tip"></span></span><span
        class="words">${linkName(state)}</span>
    </div>
  `;
}

type Link = NonNullable<ChainNode["link"]>;

const linkIcons: Readonly<Record<Link["state"], IconName>> = {
  valid: "ok",
  broken: "error",
  unchecked: "pending",
  unsupported: "question",
  missing: "question",
};

function linkName(state: Link["state"]): string {
  switch (state) {
    case "valid":
      return l10n.t("signature verified");
    case "broken":
      return l10n.t("signature not valid");
    case "unchecked":
      return l10n.t("not yet verified");
    case "unsupported":
      return l10n.t("verification not supported");
    case "missing":
      return l10n.t("issuer not in file");
  }
}

function roleName(role: ChainNode["role"]): string {
  switch (role) {
    case "leaf":
      return l10n.t("Leaf");
    case "intermediate":
      return l10n.t("Intermediate CA");
    case "root":
      return l10n.t("Root CA");
    case "missing":
      return l10n.t("Not in this file");
  }
}
