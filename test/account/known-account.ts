import type { KnownAccount } from "../../src/account/known-account.ts";
import { emptyListing } from "../../src/account/listing.ts";
import type { Failure } from "../../src/core/failure.ts";

const unasked: Failure = { failure: "offline", message: "Nobody answers here." };

/** An account as kinds see it, which asks nobody for anything. */
export function knownAccount(has: Partial<KnownAccount>): KnownAccount {
  return {
    identity: undefined,
    failure: undefined,
    isSlowedDown: false,
    current: () => undefined,
    listing: () => emptyListing,
    items: () => [],
    count: () => 0,
    detailsFailure: () => undefined,
    owner: () => undefined,
    whole: async () => unasked,
    reload: async () => unasked,
    retry: async () => {},
    details: async () => unasked,
    refreshCertificate: async () => unasked,
    refreshDistribution: async () => unasked,
    ask: async () => unasked,
    ...has,
  };
}
