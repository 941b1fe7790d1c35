import * as l10n from "@vscode/l10n";
import type { FetchedConfig } from "../../../../aws/distributions.ts";
import { differences, notKept, rebase, splitByCertificates } from "../../../../core/cloudfront/compare.ts";
import {
  changedSettings,
  inverseOf,
  newCertificates,
  type OriginSetting,
  setsOriginMtls,
  unmetSettings,
} from "../../../../core/cloudfront/origin-settings.ts";
import { maskSecrets } from "../../../../core/cloudfront/secrets.ts";
import { terminalFor, updateCommands } from "../../../../core/cloudfront/update-command.ts";
import { missingForUpdate } from "../../../../core/cloudfront/update-members.ts";
import { readWireConfig, unknownMembers, type WireConfig } from "../../../../core/cloudfront/wire.ts";
import { valueIn } from "../../../../core/document/json/value.ts";
import type { Json } from "../../../../core/document/tree.ts";
import { isJsonList, isJsonObject, memberValue } from "../../../../core/document/values.ts";
import { isXmlFault } from "../../../../core/document/xml.ts";
import { configOf } from "../../../../core/facts.ts";
import { type Failure, isFailure } from "../../../../core/failure.ts";
import { masked } from "../../../../core/messages/comparison.ts";
import { newCliText } from "../../../../core/messages/copied-for.ts";
import { check } from "../../../../core/rules/check.ts";
import { type DistributionRow, distributionRow } from "../../../kinds/distribution.ts";
import { distributionName } from "../../../model.ts";
import type { Caller } from "../../caller.ts";
import type { Target } from "../../target.ts";
import type { Elsewhere } from "../../ui.ts";
import { ownDiagnosis } from "./diagnosis.ts";
import { factsOf } from "./facts.ts";
import type { DistributionAccess } from "./tools.ts";
import { wishForConfig, wishForSettings, writtenOn } from "./wishes.ts";
import { distributionWords } from "./words.ts";

export const distributionKind = "distribution";

/** What CloudFront has now. */
export function fetchConfig(
  id: string,
  caller: Caller,
  { calls }: Pick<DistributionAccess, "calls">,
): Promise<FetchedConfig | Failure> {
  return caller.ask(async (connection, signal) => (await calls()).getDistributionConfig(connection, id, signal));
}

/**
 * A distribution of CloudFront: replaced as a whole, where its ETag still is the one that was seen.
 * @param remembered what people called it, for as long as the list of the account is not there
 */
export function distributionTarget(
  id: string,
  caller: Caller,
  tools: DistributionAccess,
  remembered?: string,
): Target<WireConfig> {
  const { account, calls, log } = tools;
  const resource = distributionRow(id);
  const name = (config?: WireConfig): string | undefined => {
    const known = account.current()?.distributions.get(id);
    return (config && firstAlias(config.json)) ?? (known && distributionName(known)) ?? remembered;
  };
  return {
    kind: distributionKind,
    id,
    name,
    service: "CloudFront",
    region: l10n.t("global (CloudFront)"),
    path: `/${id}.json`,
    words: distributionWords(id, () => name()),
    fetch: () => fetchConfig(id, caller, tools),
    rules: (config, served) =>
      check(
        factsOf(config, id),
        {
          ...tools.context(),
          servedMembers: unknownMembers(served),
          // What CloudFront itself left out, it does not require.
          isUpdate: lacksForUpdate(config, id) !== lacksForUpdate(served, id),
        },
        tools.onRuleFault,
      ),
    render: (before, after) => {
      const [left, right] = [factsOf(before, id).tree, factsOf(after, id).tree];
      return { before: maskSecrets(left), after: masked(right, left) };
    },
    diff: (before, after) => differences(before.json, after.json),
    write: ({ xml }) => xml,
    read: readKept,
    merge: (base, mine, theirs) => {
      const { merged, conflicts } = rebase(base.json, mine.json, theirs.json);
      return { config: writtenOn(theirs, merged), conflicts };
    },
    steps: (before, after) => {
      const parts = splitByCertificates(before.json, after.json).slice(0, -1);
      return [...parts.map((part) => writtenOn(before, part)), after].map((goal) => ({
        call: "UpdateDistribution",
        goal,
      }));
    },
    put: ({ goal }, { etag }) => {
      if (etag === undefined) throw new Error("A config that CloudFront sent has a version");
      return caller.ask(async (connection, signal) =>
        (await calls()).putDistributionConfig(connection, id, etag, goal.xml, signal),
      );
    },
    status: async () => {
      const answer = await caller.ask(async (connection, signal) =>
        (await calls()).getDistribution(connection, id, signal),
      );
      if (isFailure(answer)) return answer;
      const { status, etag } = answer;
      return { state: status === "Deployed" ? "done" : "pending", said: status, etag };
    },
    readBack: (sent, back) => notKept(sent.json, back.json),
    trace: (before, done) => {
      const expected = changedSettings(before.json, done.json);
      return {
        expected,
        // All is compared for it: a page that names the parts alone does not wait for that.
        get isWhole() {
          return inverseOf(before.json, done.json) !== undefined;
        },
        parts: expected.map(({ origin }) => origin),
      };
    },
    unmet: (expected, back) => unmetSettings(back.json, settingsIn(expected)).map(({ origin }) => origin),
    undoable: (before, done) => {
      const settings = inverseOf(before.json, done.json);
      return settings === undefined ? { kind: "config" } : { kind: "settings", settings };
    },
    undoing: ({ settings }, before = "") => {
      if (settings !== undefined) return wishForSettings(id, settingsIn(settings));
      // Versions before this one kept the JSON alone.
      const config = before.startsWith("{") ? valueIn(before) : readKept(before)?.json;
      return config === undefined ? undefined : wishForConfig(id, config);
    },
    insteadOfUndo: (deed) => waysInstead(deed, resource),
    changed: () => {
      account.refreshDistribution(id).catch((error: unknown) => log.fault("refresh", error));
    },
    diagnose: (current, refused) => ownDiagnosis(newCertificates(current.json, refused.json), account, caller),
    dryRun: {
      texts: ({ steps }) => steps.map(({ goal }) => goal.text),
      terminalFor,
      commands: ({ fetched: { etag = "" } }, files, profile, terminal) =>
        updateCommands({ id, etag, files, profile }, terminal),
      needs: ({ steps }) => (steps.some(({ goal }) => setsOriginMtls(goal.json)) ? [newCliText()] : []),
    },
  };
}

/** The name that people gave it, where its config says one. */
function firstAlias(config: Json): string | undefined {
  const aliases = isJsonObject(config) ? memberValue(config, "Aliases") : undefined;
  const items = isJsonObject(aliases) ? memberValue(aliases, "Items") : undefined;
  const first = isJsonList(items) ? items[0] : undefined;
  return typeof first === "string" ? first : undefined;
}

function readKept(xml: string): WireConfig | undefined {
  const config = readWireConfig(xml);
  return isXmlFault(config) ? undefined : config;
}

/** What an update with a config would lack, to be compared. */
function lacksForUpdate(config: WireConfig, id: string): string {
  const distribution = configOf(factsOf(config, id))?.distribution;
  return JSON.stringify(distribution === undefined ? [] : missingForUpdate(distribution));
}

/** As it was kept by this window or one before it. */
function settingsIn(kept: unknown): readonly OriginSetting[] {
  return Array.isArray(kept) ? kept.filter(isSetting) : [];
}

function isSetting(kept: unknown): kept is OriginSetting {
  return typeof kept === "object" && kept !== null && "origin" in kept && typeof kept.origin === "string";
}

function waysInstead(
  deed: string,
  resource: DistributionRow,
): readonly { readonly label: string; readonly go: Elsewhere }[] {
  const change = (label: string, deed: string) => ({ label, go: { to: "change", deed, resource } as const });
  const ordinary =
    deed === "enable"
      ? [change(l10n.t("Disable Origin mTLS…"), "disable")]
      : deed === "disable"
        ? [change(l10n.t("Enable Origin mTLS…"), "enable")]
        : deed === "change-certificate"
          ? [change(l10n.t("Change Client Certificate…"), "change-certificate")]
          : [];
  return [...ordinary, { label: l10n.t("Open Configuration"), go: { to: "config", resource } }];
}
