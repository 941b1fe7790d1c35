import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { ProbePlan } from "../../../core/probe/facts.ts";
import { codeOf } from "./error-code.ts";

/**
 * Where a host is, or why it is nowhere.
 * @param patience in milliseconds
 */
export async function addressesOf(
  { host, addresses }: Pick<ProbePlan, "host" | "addresses">,
  patience: number,
  signal: AbortSignal,
): Promise<{ readonly addresses: readonly string[] } | { readonly lookup: string }> {
  if (isIP(host) !== 0) return { addresses: [host] };
  const family = addresses === "ipv4" ? 4 : addresses === "ipv6" ? 6 : 0;
  const asked = lookup(host, { all: true, family, order: "verbatim" });
  const late = patienceOf(AbortSignal.any([signal, AbortSignal.timeout(patience)]));
  try {
    const found = await Promise.race([asked, late.ended]);
    if (found === "late") return { lookup: signal.aborted ? "ECANCELED" : "ETIMEOUT" };
    return { addresses: [...new Set(found.map(({ address }) => address))] };
  } catch (error) {
    return { lookup: codeOf(error) };
  } finally {
    late.stop();
    asked.catch(() => undefined);
  }
}

function patienceOf(signal: AbortSignal): { readonly ended: Promise<"late">; stop(): void } {
  const listening = new AbortController();
  const ended = new Promise<"late">((resolve) => {
    if (signal.aborted) resolve("late");
    else signal.addEventListener("abort", () => resolve("late"), { once: true, signal: listening.signal });
  });
  return { ended, stop: () => listening.abort() };
}
