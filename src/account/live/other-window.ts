// What is said on the page of a change of another window that is, or was, at the same resource. It is advice.
import * as l10n from "@vscode/l10n";
import { type KnownLease, leaseOf } from "./lease.ts";
import { isOfSame, type Resource } from "./records.ts";
import type { PageLine } from "./review/page.ts";
import type { Target } from "./target.ts";
import type { LiveTools } from "./tools.ts";

export interface OtherWindow extends KnownLease {
  readonly resource: Resource;
}

/** What was planned by a window that ended, and never sent, left nothing. */
export async function otherWindowAt(
  resource: Resource,
  tools: Pick<LiveTools, "memory" | "log" | "clock">,
): Promise<OtherWindow | undefined> {
  const lease = await leaseOf(resource, tools);
  if (lease === undefined) return undefined;
  return lease.kind === "fresh" || (await isLeft(resource, tools)) ? { ...lease, resource } : undefined;
}

async function isLeft(resource: Resource, { memory, log }: Pick<LiveTools, "memory" | "log">): Promise<boolean> {
  try {
    const waits = await memory.waits(resource.account);
    return waits.some((wait) => isOfSame(wait, resource) && wait.window !== memory.window);
  } catch (error) {
    log.fault("lease", error);
    return false;
  }
}

export function otherWindowLine(
  { kind, deed, since }: KnownLease,
  { id, words }: Pick<Target<unknown>, "id" | "words">,
): PageLine {
  const [done, when] = [words.inFew(deed), new Date(since).toLocaleString()];
  return kind === "fresh"
    ? {
        tone: "warning",
        text: l10n.t("Another window has been working on {0} since {1}: {2}.", id, when, done),
        detail: l10n.t("If that window applies its change first, your change is planned again on the new version."),
      }
    : {
        tone: "warning",
        text: l10n.t("A window that ended left a change of {0}, begun on {1}: {2}.", id, when, done),
        detail: l10n.t(
          "Its result was not seen. To find out what became of it, select Continue on the change under Changes in the AWS Resources view.",
        ),
      };
}
