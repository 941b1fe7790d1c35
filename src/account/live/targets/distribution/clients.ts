// Who is cut off by a change to a distribution, and who gets in: as far as its config tells.
import * as l10n from "@vscode/l10n";
import type { Difference } from "../../../../core/cloudfront/compare.ts";
import { type Distribution, httpsPortOf } from "../../../../core/cloudfront/distribution.ts";
import { becomesHttpsOnly } from "../../../../core/cloudfront/intent.ts";
import { changedSettings } from "../../../../core/cloudfront/origin-settings.ts";
import type { ViewerMode } from "../../../../core/cloudfront/viewer-mtls.ts";
import type { WireConfig } from "../../../../core/cloudfront/wire.ts";
import { stringOf } from "../../../../core/document/tree.ts";
import { configOf } from "../../../../core/facts.ts";
import { addTo } from "../../../../core/grouped.ts";
import { originMtlsPlans, viewerMtlsPlans } from "../../../../core/messages/explain/cloudfront.ts";
import type { Kind } from "../../../origin-mtls-words.ts";
import { viewerConsequence } from "../../../viewer-mtls-words.ts";
import type { Clients, Plan } from "../../change.ts";
import type { Line } from "../../ui.ts";
import { factsOf, originsById } from "./facts.ts";
import { type Deed, listedOrigins } from "./words.ts";

/** Origins by what becomes of their client certificate. */
export function changedOrigins({ fetched, goal }: Plan<WireConfig>): ReadonlyMap<Kind, readonly string[]> {
  const [before, after] = [fetched.config.json, goal.json];
  const now = new Map(changedSettings(after, before).map((setting) => [setting.origin, setting]));
  const kinds = new Map<Kind, string[]>();
  for (const { origin, certificate } of changedSettings(before, after)) {
    const had = now.get(origin)?.certificate;
    if (had === certificate) continue;
    addTo(kinds, certificate === undefined ? "disable" : had === undefined ? "enable" : "change-certificate", origin);
  }
  return kinds;
}

/** @param id of the distribution */
export function clientsOf(plan: Plan<WireConfig>, id: string, deed: Deed): Clients {
  const [before, after] = [plan.fetched.config, plan.goal].map((config) => distributionIn(config, id));
  const parts = [
    ...[...changedOrigins(plan)].map(([kind, origins]) => clientsOfOrigins(kind, origins, plan, id)),
    clientsOfViewers(before, after),
  ].filter((part) => part !== undefined);
  const lines = parts.flatMap((part) => part.lines);
  return {
    lines: [
      ...(lines.length > 0 ? lines : [{ label: l10n.t("$(info) Client certificates are not changed") }]),
      ...(plan.differences.every(isOfMtls)
        ? []
        : [{ label: l10n.t("$(question) Whether other settings of this change affect clients is not known here") }]),
    ],
    consequences: parts.flatMap(({ certain, conditional }) => [
      ...certain,
      // Undoing restores what was there: what its origin was changed to since, nobody is asked to confirm in a hurry.
      ...(deed === "undo" ? [] : conditional),
    ]),
  };
}

function isOfMtls({ path }: Difference): boolean {
  return path[0] === "ViewerMtlsConfig" || path.includes("OriginMtlsConfig") || path.includes("OriginProtocolPolicy");
}

/** Plans of CloudFront that a change needs. */
export function plansOf(plan: Plan<WireConfig>, id: string): readonly string[] {
  const kinds = changedOrigins(plan);
  const [before, after] = [plan.fetched.config, plan.goal].map((config) => distributionIn(config, id)?.viewerMtls);
  return [
    ...(kinds.has("enable") ? [originMtlsPlans()] : []),
    ...(after?.on === true && before?.on !== true ? [viewerMtlsPlans()] : []),
  ];
}

interface Part {
  readonly lines: readonly Line[];
  /** Who is cut off in any case. */
  readonly certain: readonly string[];
  /** Who is, depending on what is outside. */
  readonly conditional: readonly string[];
}

function distributionIn(config: WireConfig, id: string): Distribution | undefined {
  return configOf(factsOf(config, id))?.distribution;
}

function clientsOfOrigins(kind: Kind, ids: readonly string[], plan: Plan<WireConfig>, id: string): Part {
  const names = listedOrigins(ids);
  switch (kind) {
    case "enable": {
      const before = originsById(factsOf(plan.fetched.config, id), ids).filter(becomesHttpsOnly);
      const ports = [...new Set(before.map(httpsPortOf))].join(", ");
      const plain = listedOrigins(before.flatMap((origin) => origin.id ?? []));
      return {
        lines: [
          ...(before.length === 0
            ? [{ label: l10n.t("$(info) Presenting a client certificate cuts off no client") }]
            : []),
          {
            label: l10n.t("$(info) Until {0} requires a client certificate, everyone who can reach it gets in", names),
            detail: l10n.t("CloudFront presents its certificate only when the origin requests one."),
          },
          { label: l10n.t("$(question) Whether {0} trusts the issuer of the certificate is not known here", names) },
        ],
        certain: [],
        conditional:
          before.length === 0
            ? []
            : [l10n.t("If {0} does not support HTTPS on port {1}, all requests to it fail.", plain, ports)],
      };
    }
    case "change-certificate":
      return {
        lines: [
          {
            label: l10n.t(
              "$(warning) If {0} does not trust the issuer of the new certificate, it rejects CloudFront",
              names,
            ),
            detail: l10n.t("All viewers then get errors. Whether it trusts the issuer is not known here."),
          },
        ],
        certain: [],
        conditional: [l10n.t("If {0} does not trust the issuer of the new certificate, it rejects CloudFront.", names)],
      };
    case "disable":
      return {
        lines: [
          {
            label: l10n.t(
              "$(warning) If {0} still requests a client certificate, CloudFront drops its requests",
              names,
            ),
            detail: l10n.t("All viewers then get errors. Whether it requests one is not known here."),
          },
          {
            label: l10n.t("$(warning) Afterwards, every client that can reach {0} gets in", names),
            detail: l10n.t("Only other controls, if any, protect the origin."),
          },
        ],
        certain: [],
        conditional: [l10n.t("If {0} still requests a client certificate, CloudFront drops its requests.", names)],
      };
  }
}

/** Viewers, by the mode before and after: they connect to CloudFront. */
function clientsOfViewers(before: Distribution | undefined, after: Distribution | undefined): Part | undefined {
  const [was, is] = [modeOf(before), modeOf(after)];
  const [old, now] = [storeOf(before), storeOf(after)];
  if (was === is && old === now) return undefined;
  if (is === undefined)
    return {
      lines: [
        { label: l10n.t("$(info) Turning off viewer mTLS cuts off no viewer") },
        {
          label: l10n.t("$(warning) Afterwards, every viewer gets in without a certificate"),
          detail: l10n.t("Only other controls, if any, protect the distribution."),
        },
      ],
      certain: [],
      conditional: [],
    };
  const refused = `$(${is === "passthrough" ? "info" : "warning"}) ${viewerConsequence(is)}`;
  const isNew = is !== was;
  const lines: Line[] = [
    { label: refused, detail: l10n.t("This takes effect as soon as it is deployed.") },
    ...(now === undefined ? [] : [{ label: l10n.t("$(info) Viewers that the trust store {0} accepts get in", now) }]),
    { label: l10n.t("$(question) Which viewers have such a certificate is not known here") },
  ];
  const certain =
    is === "required" && isNew
      ? [l10n.t("Viewers without a certificate that the trust store accepts are cut off.")]
      : is === "optional" && isNew && was !== "required"
        ? [l10n.t("Viewers with a certificate that the trust store does not accept are cut off.")]
        : is !== "passthrough" && old !== undefined && old !== now
          ? [l10n.t("Viewers whose certificates only the previous trust store accepts are cut off.")]
          : [];
  return { lines, certain, conditional: [] };
}

function modeOf(distribution: Distribution | undefined): ViewerMode | undefined {
  return distribution?.viewerMtls?.on === true ? (distribution.viewerMtls.says ?? "required") : undefined;
}

function storeOf(distribution: Distribution | undefined): string | undefined {
  return stringOf(distribution?.viewerMtls?.trustStoreId);
}
