import type { SharedReason } from "../reason.ts";
import type { Called } from "../x509/naming.ts";
import type { ProbePlan } from "./facts.ts";

type Role = ProbePlan["role"];

/** Why a verdict is what it is. `status` is HTTP's, `alert` TLS's number, `code` what a library or the system says. */
export type VerdictReason = SharedReason &
  (
    | {
        readonly code:
          | "probe:refused-in-tls"
          | "probe:refused-by-http"
          | "probe:nobody-needs-one"
          | "probe:any-will-do"
          | "probe:asked-at-times"
          | "probe:closed-alone"
          | "probe:closed-for-all"
          | "probe:too-many"
          | "probe:canceled"
          | "probe:unreadable"
          | "probe:not-seen"
          | "probe:some-unreachable"
          | "probe:no-tls"
          | "probe:no-version"
          | "probe:no-http";
        readonly args?: never;
      }
    | { readonly code: "probe:versions-unseen"; readonly args: { readonly versions: string } }
    | { readonly code: "probe:not-asked"; readonly args: { readonly role: Role } }
    | { readonly code: "probe:asked-late"; readonly args: { readonly role: Role } }
    | { readonly code: "probe:in-between"; readonly args: { readonly issuer: Called } }
    | { readonly code: "probe:not-found"; readonly args: { readonly host: string; readonly code: string } }
    | { readonly code: "probe:no-connection"; readonly args: { readonly code: string } }
    | { readonly code: "probe:silent"; readonly args: { readonly phase: string } }
    | { readonly code: "probe:ended-early"; readonly args: { readonly alert: number } }
    | { readonly code: "probe:closed-early" | "probe:endless"; readonly args?: never }
    | { readonly code: "probe:gave-up"; readonly args: { readonly code: string } }
    | {
        readonly code: "probe:status-alone" | "probe:same-refusal" | "probe:server-error" | "probe:side-door-status";
        readonly args: { readonly status: number };
      }
    | { readonly code: "probe:statuses"; readonly args: { readonly status: number; readonly given: number } }
    | { readonly code: "probe:closed-after-request"; readonly args?: never }
    | { readonly code: "probe:unclear-alert"; readonly args: { readonly alert: number } }
  );

/** What is worth knowing besides. */
export type Remark = SharedReason &
  (
    | { readonly code: "probe:given-refused"; readonly args: { readonly how: EndReason } }
    | { readonly code: "probe:issuer-advertised" | "probe:issuer-missing"; readonly args?: never }
    | { readonly code: "probe:expired-let-in" | "probe:server-auth-let-in"; readonly args?: never }
    | { readonly code: "probe:not-public"; readonly args: { readonly role: Role; readonly error: string } }
    | { readonly code: "probe:other-name"; readonly args: { readonly role: Role; readonly name: string } }
    | { readonly code: "probe:more-addresses"; readonly args: { readonly left: number } }
    | { readonly code: "probe:no-route"; readonly args: { readonly address: string } }
    | { readonly code: "probe:different-keys"; readonly args?: never }
    | { readonly code: "probe:without-certificate" | "probe:without-issuer"; readonly args?: never }
    | { readonly code: "probe:elsewhere"; readonly args: { readonly role: Role } }
  );

/** How one try ended. */
export type EndReason = SharedReason &
  (
    | {
        readonly code: "probe:end-answer" | "probe:end-no-certificate" | "probe:end-certificate-error";
        readonly args: { readonly status: number };
      }
    | { readonly code: "probe:end-alert"; readonly args: { readonly alert: number } }
    | { readonly code: "probe:end-closed" | "probe:end-reset"; readonly args: { readonly phase: string } }
    | { readonly code: "probe:end-silent" | "probe:end-endless"; readonly args: { readonly phase: string } }
    | { readonly code: "probe:end-no-tls" | "probe:end-no-http" | "probe:end-canceled"; readonly args?: never }
    | { readonly code: "probe:end-unreachable" | "probe:end-gave-up"; readonly args: { readonly code: string } }
  );
