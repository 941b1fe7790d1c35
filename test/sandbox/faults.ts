// What somebody wants to go wrong, and for which of the requests.

export interface Where {
  /**
   * As in `ListCertificates`, `acm:ListCertificates` or `cloudfront:*`; left out: every operation, or the one that the
   * kind is about.
   */
  readonly operation?: string;
  /** Only requests with this id or ARN in them. */
  readonly resource?: string;
  /** How many of them, then no more; left out: until it is cleared. */
  readonly times?: number;
  /** The first ones go well. */
  readonly after?: number;
}

export type Fault = Where &
  (
    | { readonly kind: "throttle" }
    /** Left out: what the service says when it is its own fault, with 500. */
    | { readonly kind: "error"; readonly status?: number; readonly code?: string; readonly message?: string }
    /** It is done and answered so many milliseconds later, or as soon as the faults are cleared. */
    | { readonly kind: "slow"; readonly ms: number }
    /**
     * The connection ends: before anything is done; after it was done, without an answer; in the middle of the answer.
     */
    | { readonly kind: "drop"; readonly when?: "before" | "after" | "body" }
    | { readonly kind: "deny" }
    | { readonly kind: "expired-token" }
    /** An HTML page, as some other server answers. */
    | { readonly kind: "garbage"; readonly status?: number }
    /** The service does not keep this member of an update. */
    | { readonly kind: "drop-member"; readonly member: string }
    /** The service keeps something else of an update. */
    | { readonly kind: "rewrite"; readonly find: string; readonly replace: string }
    /** Somebody changes the distribution right before it is updated; left out: its comment. */
    | { readonly kind: "change-behind"; readonly find?: string; readonly replace?: string }
    /** CloudFront does not take the client certificate. The real code is unknown: the test chooses one. */
    | {
        readonly kind: "client-certificate-refused";
        readonly code?: string;
        readonly status?: number;
        readonly message?: string;
      }
  );

export type FaultKind = Fault["kind"];

/** What may stand in each kind, and as what: faults come over the wire. */
const members: Readonly<Record<FaultKind, Readonly<Record<string, "string" | "number">>>> = {
  throttle: {},
  error: { status: "number", code: "string", message: "string" },
  slow: { ms: "number" },
  drop: { when: "string" },
  deny: {},
  "expired-token": {},
  garbage: { status: "number" },
  "drop-member": { member: "string" },
  rewrite: { find: "string", replace: "string" },
  "change-behind": { find: "string", replace: "string" },
  "client-certificate-refused": { code: "string", status: "number", message: "string" },
};
const where: Readonly<Record<string, "string" | "number">> = {
  kind: "string",
  operation: "string",
  resource: "string",
  times: "number",
  after: "number",
};
const required: Partial<Readonly<Record<FaultKind, readonly string[]>>> = {
  slow: ["ms"],
  "drop-member": ["member"],
  rewrite: ["find", "replace"],
};
const ofUpdates: readonly string[] = ["drop-member", "rewrite", "change-behind", "client-certificate-refused"];

/** The fault, or what is wrong with it. */
export function readFault(input: unknown): Fault | string {
  if (!isFaultLike(input)) return "a fault has a kind";
  const allowed = { ...where, ...members[input.kind] };
  for (const [name, value] of Object.entries(input))
    if (typeof value !== allowed[name]) return `${name} is not for ${input.kind}, or not like this`;
  for (const name of required[input.kind] ?? []) if (!(name in input)) return `${input.kind} needs ${name}`;
  return input;
}

function isFaultLike(input: unknown): input is Fault {
  return (
    typeof input === "object" &&
    input !== null &&
    "kind" in input &&
    typeof input.kind === "string" &&
    Object.hasOwn(members, input.kind)
  );
}

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** Those that this request meets, each counted. */
  meet(request: { readonly service: string; readonly operation: string; readonly text: string }): readonly Fault[];
}

export function createFaults(most: number): Faults {
  let all: { readonly fault: Fault; met: number }[] = [];
  return {
    add: (fault) => {
      all.push({ fault, met: 0 });
      all = all.slice(-most);
    },
    clear: () => void (all = []),
    meet: ({ service, operation, text }) =>
      all.flatMap((one) => {
        const {
          kind,
          operation: asked = ofUpdates.includes(kind) ? "UpdateDistribution" : "*",
          resource,
          times = Number.POSITIVE_INFINITY,
          after = 0,
        } = one.fault;
        if (![operation, "*", `${service}:${operation}`, `${service}:*`].includes(asked)) return [];
        if (resource !== undefined && !text.includes(resource)) return [];
        one.met += 1;
        return one.met > after && one.met <= after + times ? [one.fault] : [];
      }),
  };
}
