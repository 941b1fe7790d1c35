// The sandbox, as the tests of an account have it.
import { after, afterEach, before, beforeEach } from "node:test";
import { type Aws, awsToStart } from "../sandbox/aws.ts";
import type { SandboxOptions } from "../sandbox/client.ts";
import { closeSessions } from "./window.ts";

/** For the tests of a suite or a file: each finds it as it was at the start, and ends its sessions. */
export function useAws(options?: SandboxOptions): Aws {
  const aws = awsToStart(options);
  before(() => aws.start());
  beforeEach(() => aws.reset());
  afterEach(closeSessions);
  after(() => aws.close());
  return aws;
}

/** For tests that only look at it: what one has asked for, the next one finds. */
export function shareAws(): void {
  const aws = awsToStart();
  before(async () => {
    await aws.start();
    await aws.reset();
  });
  after(async () => {
    closeSessions();
    await aws.close();
  });
}
