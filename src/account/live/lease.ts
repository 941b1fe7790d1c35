// Says to other windows that this one is at a resource. It is advice: nothing is refused by it.
import type { Job } from "./job.ts";
import type { LiveMemory, WindowName } from "./memory.ts";
import { isOfSame, isWithin, type LeaseRecord, type Resource } from "./records.ts";
import type { LiveTools } from "./tools.ts";

export interface Lease {
  release(): void;
}

/** `stale`: its window has ended, or does not say any more that it has not. */
export interface KnownLease {
  readonly kind: "fresh" | "stale";
  readonly deed: string;
  readonly since: number;
}

type LeaseTools = Pick<LiveTools, "memory" | "log" | "clock">;

/** In milliseconds. */
export const renewal = 30_000;
/** Not renewed for so long, it was left. */
export const longestLease = 90_000;

/** A change may be reviewed while the one before it is waited for. */
interface Held {
  readonly resource: Resource;
  count: number;
  stop: () => void;
}

/** Of one window: what is written and removed, one after the other. */
interface AllHeld {
  readonly leases: Set<Held>;
  last: Promise<void>;
}

const heldBy = new WeakMap<LiveMemory, AllHeld>();

/** Until it is released. Where another window has one, that stays as long as it is renewed, and this one follows it. */
export function takeLease({ account, kind, id }: Resource, deed: string, tools: LeaseTools): Lease {
  const { memory, clock } = tools;
  const resource = { account, kind, id };
  const all = heldBy.get(memory) ?? { leases: new Set(), last: Promise.resolve() };
  heldBy.set(memory, all);
  let own = [...all.leases].find((one) => isOfSame(one.resource, resource));
  if (own === undefined) {
    const since = clock.now();
    const fresh: Held = { resource, count: 0, stop: () => {} };
    const renew = () => queue(all, tools, () => write({ ...resource, deed, since }, fresh, tools));
    fresh.stop = clock.every(renewal, renew);
    all.leases.add(fresh);
    own = fresh;
    renew();
  }
  own.count += 1;
  let isReleased = false;
  return {
    release: () => {
      if (isReleased) return;
      isReleased = true;
      own.count -= 1;
      if (own.count === 0) end(own, all, tools);
    },
  };
}

/** The window ends. */
export async function leaveLeases(tools: LeaseTools): Promise<void> {
  const all = heldBy.get(tools.memory);
  if (all === undefined) return;
  for (const own of [...all.leases]) end(own, all, tools);
  await all.last;
}

/** Of another window; `undefined`: none is at it. */
export async function leaseOf(resource: Resource, tools: LeaseTools): Promise<KnownLease | undefined> {
  const { memory, log, clock } = tools;
  const lease = await memory.lease(resource).catch((error: unknown) => {
    log.fault("lease", error);
    return undefined;
  });
  if (lease === undefined || lease.window === memory.window) return undefined;
  const { deed, since } = lease;
  const isGone = (window: string) => !memory.isOfAnother({ window });
  return { kind: isFresh(lease, clock.now(), isGone) ? "fresh" : "stale", deed, since };
}

/** Whether its window still says that it is at it. */
export function isFresh({ window, renewed }: LeaseRecord, now: number, isGone: WindowName["isGone"]): boolean {
  return !isGone(window) && isWithin(longestLease, renewed, now);
}

export function resourceOf<Config>({ target, caller }: Pick<Job<Config>, "target" | "caller">): Resource {
  return { account: caller.identity.account, kind: target.kind, id: target.id };
}

async function write(
  lease: Omit<LeaseRecord, "window" | "renewed">,
  own: Held,
  { memory, clock, log }: LeaseTools,
): Promise<void> {
  // It was released meanwhile.
  if (own.count === 0) return;
  const other = await leaseOf(lease, { memory, clock, log });
  if (other?.kind === "fresh") return;
  await memory.putLease({ ...lease, window: memory.window, renewed: clock.now() });
}

function end(own: Held, all: AllHeld, tools: LeaseTools): void {
  const { memory } = tools;
  own.count = 0;
  own.stop();
  all.leases.delete(own);
  queue(all, tools, async () => {
    if ((await memory.lease(own.resource))?.window === memory.window) await memory.removeLease(own.resource);
  });
}

function queue(all: AllHeld, { log }: LeaseTools, work: () => Promise<void>): void {
  all.last = all.last.then(work).catch((error: unknown) => log.fault("lease", error));
}
