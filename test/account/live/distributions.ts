// The distributions of the sandbox, as the tests of live changes look at them from behind.
import { canonicalXml } from "../../../src/core/document/xml-text.ts";
import type { Aws } from "../../sandbox/aws.ts";
import { certificates, distributions } from "../../sandbox/world.ts";
import { useAws } from "../sandbox.ts";
import type { ScriptedUi } from "./scripted-ui.ts";
import { openWindow, type Window, type WindowOptions } from "./window.ts";

export const distribution = (id: string) => ({ kind: "distribution", id }) as const;

export const block = (arn: string) =>
  `<OriginMtlsConfig><ClientCertificateArn>${arn}</ClientCertificateArn></OriginMtlsConfig>`;

export interface Behind {
  readonly aws: Aws;
  xmlOf(id: string): Promise<string>;
  /** How many requests of an operation came. */
  sent(operation: string): Promise<number>;
  puts(): Promise<number>;
}

/** For all tests of a file: each finds the sandbox as it was at the start. */
export function useSandbox(): Behind {
  const aws = useAws({ deploySeconds: 0.02 });
  const sent = async (operation: string) =>
    (await aws.sandbox.requests()).filter((request) => request.operation === operation).length;
  return {
    aws,
    xmlOf: async (id) => canonicalXml((await aws.sandbox.distribution(id)).xml),
    sent,
    puts: () => sent("UpdateDistribution"),
  };
}

/** Somebody who wants mTLS for the one origin of a distribution, and says yes. */
export function enabling({
  id = distributions.single,
  certificate = certificates.spare,
  ...options
}: WindowOptions & {
  readonly id?: string;
  readonly certificate?: string;
} = {}): Window {
  const window = openWindow(options);
  window.ui.distribution = id;
  window.ui.origins = ["catalog"];
  window.ui.certificates = [certificate];
  window.ui.decide("apply");
  return window;
}

export function isDone({ messages }: ScriptedUi): boolean {
  return /Next: configure the origin to require it/.test(messages);
}
