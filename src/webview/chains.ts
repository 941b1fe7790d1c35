import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { ChainNode } from "../core/x509/inspection.ts";
import { type IconName, icon } from "./icons.ts";
import type { Actions } from "./page.ts";
import { label, most, words } from "./words.ts";

/** More would push the cards out of sight. */
const chainsAtFirst = 3;
/** More stand below each other, however wide the page is. */
const nodesInARow = 3;

export function chains(all: readonly (readonly ChainNode[])[], everyOne: boolean, actions: Actions): TemplateResult | typeof nothing {
  if (all.length === 0) return nothing;
  const hidden = everyOne ? 0 : Math.max(0, all.length - chainsAtFirst);
  return html`
    <section class="chains" aria-labelledby="chains">
      <h2 id="chains">${all.length === 1 ? l10n.t("Chain") : l10n.t("Chains")}</h2>
      ${repeat(all.slice(0, all.length - hidden), (chain) => chainOf(chain, actions))}
      ${hidden > 0 ? html`<button class="link" @click=${() => actions.showAllChains()}>${hidden === 1 ? l10n.t("Show 1 more chain") : l10n.t("Show {0} more chains", hidden)}</button>` : nothing}
    </section>
  `;
}

function chainOf(chain: readonly ChainNode[], actions: Actions): TemplateResult {
  const name = l10n.t("Chain of {0}", label(chain[0]?.title ?? ""));
  return html`<ol class=${chain.length > nodesInARow ? "chain long" : "chain"} aria-label=${name}>${chain.map((node) => html`<li>${box(node, actions)}${node.link === undefined ? nothing : arrow(node.link)}</li>`)}</ol>`;
}

function box({ card, title, role }: ChainNode, actions: Actions): TemplateResult {
  const content = html`<span class="role">${roleName(role)}</span> <span class="name">${words(title, most.title)}</span>`;
  if (card === undefined) return html`<div class="node missing">${content}</div>`;
  const jump = (event: Event): void => {
    event.preventDefault();
    actions.jump(card);
  };
  return html`<a class="node" href="#card-${card}" @click=${jump}>${content}</a>`;
}

function arrow({ state, text }: NonNullable<ChainNode["link"]>): TemplateResult {
  return html`<div class="issued" data-state=${state}><span class="line" aria-hidden="true">${icon(linkIcons[state])}<span class="tip"></span></span><span class="words">${words(text, most.message)}</span></div>`;
}

const linkIcons: Readonly<Record<NonNullable<ChainNode["link"]>["state"], IconName>> = {
  valid: "ok",
  broken: "error",
  unchecked: "pending",
  unsupported: "question",
  missing: "question",
};

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
