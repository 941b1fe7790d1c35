import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { certificatesRow } from "../../src/account/kinds/certificates.ts";
import { distributionsRow } from "../../src/account/kinds/distributions.ts";
import type { Session } from "../../src/account/session.ts";
import type { ConnectOptions } from "../../src/aws/connection.ts";
import { type Failure, isFailure } from "../../src/core/failure.ts";
import { profiles } from "../sandbox/client.ts";
import { account as accountId, otherAccount, region, userArn } from "../sandbox/world.ts";
import { until } from "../until.ts";
import { useAws } from "./sandbox.ts";
import { memento } from "./storage.ts";
import { openAccount, aws as sdk } from "./window.ts";

describe("the session", () => {
  const aws = useAws();

  const failed = async (session: Session): Promise<Failure> => {
    const answer = await session.connect();
    assert.ok(isFailure(answer), "it is connected");
    assert.equal(session.state.kind, "failed");
    return answer;
  };

  it("asks AWS for nothing before somebody needs it, and then once for all", async () => {
    const { session } = openAccount();
    assert.deepEqual([session.state.kind, session.profile], ["idle", undefined]);
    assert.deepEqual(await aws.sandbox.requests(), []);
    const [first, second] = await Promise.all([session.connect(), session.connect()]);
    assert.ok(!isFailure(first));
    assert.equal(first, second);
    assert.deepEqual(first.identity, {
      account: accountId,
      arn: userArn,
      partition: "aws",
      region,
      endpoint: aws.sandbox.endpoint,
    });
    assert.deepEqual(
      (await aws.sandbox.requests()).map(({ operation }) => operation),
      ["GetCallerIdentity"],
    );
  });

  it("uses the profile that was picked, keeps the pick, and forgets the other connection", async () => {
    const memory = memento();
    const { session } = openAccount({ memory });
    const before = session.signal;
    await session.connect();
    const states: string[] = [];
    session.onDidChange(() => states.push(`${session.profile} ${session.state.kind}`));
    await session.use(profiles.other);
    assert.equal(before.aborted, true);
    assert.equal(session.signal.aborted, false);
    const connection = await session.connect();
    assert.ok(!isFailure(connection));
    assert.equal(connection.identity.account, otherAccount);
    assert.deepEqual(states, ["other idle", "other connecting", "other connected"]);
    assert.equal(openAccount({ memory }).session.profile, profiles.other);
    await session.use(undefined);
    assert.equal(openAccount({ memory }).session.profile, undefined);
  });

  it("never takes an answer that was asked for under another profile", async () => {
    const { session } = openAccount({ profile: profiles.sandbox });
    await aws.sandbox.fault({ kind: "slow", ms: 600_000, operation: "GetCallerIdentity", times: 1 });
    const old = session.connect();
    await until("the request", async () => (await aws.sandbox.held()).length === 1);
    const states: string[] = [];
    session.onDidChange(() =>
      states.push(session.state.kind === "connected" ? session.state.connection.identity.account : session.state.kind),
    );
    await session.use(profiles.other);
    const connection = await session.connect();
    assert.ok(!isFailure(connection));
    await aws.sandbox.clearFaults();
    const late = await old;
    assert.ok(isFailure(late));
    assert.equal(late.failure, "cancelled");
    await until(
      "the old answer",
      async () =>
        (await aws.sandbox.requests()).filter(({ operation }) => operation === "GetCallerIdentity").length === 2,
    );
    assert.deepEqual(states, ["idle", "connecting", otherAccount]);
  });

  it("calls what comes back late cancelled, whatever it is", async () => {
    const { session } = openAccount({ profile: profiles.sandbox });
    let answer = (_: string): void => {};
    const asked = session.ask(() => new Promise<string>((resolve) => (answer = resolve)));
    await session.connect();
    await session.use(profiles.other);
    answer("of the old account");
    const late = await asked;
    assert.ok(isFailure(late));
    assert.equal(late.failure, "cancelled");
  });

  it("keeps a failure until somebody tries again", async () => {
    const { session } = openAccount({ profile: profiles.unreachable });
    assert.equal((await failed(session)).failure, "offline");
    assert.equal(await session.connect(), await session.connect());
    aws.setEnvironment({ AWS_ENDPOINT_URL: aws.sandbox.endpoint });
    await session.use(profiles.sandbox);
    assert.ok(!isFailure(await session.connect()));
    await aws.sandbox.fault({ kind: "deny", operation: "GetCallerIdentity", times: 1 });
    assert.equal(isFailure(await session.reconnect()), true);
    assert.equal(isFailure(await session.connect()), true);
    assert.equal(isFailure(await session.reconnect()), false);
  });

  it("says signed out, with the command that signs in", async () => {
    const { session } = openAccount({ profile: profiles.sso });
    const failure = await failed(session);
    assert.ok(["signed-out", "expired"].includes(failure.failure), failure.failure);
    assert.equal(failure.command, `aws sso login --profile ${profiles.sso}`);
  });

  it("is lost with credentials that do not count any more, and only with those", async () => {
    const { session } = openAccount({ profile: profiles.sandbox });
    await session.connect();
    const signal = session.signal;
    session.lost({ failure: "denied", message: "no" });
    assert.equal(session.state.kind, "connected");
    const expired: Failure = { failure: "expired", message: "over" };
    assert.equal(await session.ask(async () => expired), expired);
    assert.deepEqual(session.state, { kind: "failed", failure: expired });
    assert.equal(await session.connect(), expired);
    // What came before is still true.
    assert.equal(signal.aborted, false);
    assert.ok(!isFailure(await session.reconnect()));
    assert.equal(signal.aborted, true);
  });

  it("is not lost with one region of ACM that does not know the credentials, but with CloudFront or STS that does not", async () => {
    const { session, account } = openAccount({ profile: profiles.sandbox });
    await session.connect();
    await aws.sandbox.fault({
      kind: "error",
      operation: "ListCertificates",
      code: "UnrecognizedClientException",
      status: 400,
      message: "The security token included in the request is invalid.",
    });
    assert.equal((await account.begin(certificatesRow("me-south-1")))?.failure, "refused");
    assert.equal((await account.begin(certificatesRow(region)))?.failure, "signed-out");
    assert.equal(session.state.kind, "connected");
    assert.equal(await account.begin(distributionsRow), undefined);
    for (const action of ["cloudfront:ListDistributions", "sts:AssumeRole"]) {
      assert.ok(!isFailure(await session.reconnect()));
      session.lost({ failure: "signed-out", message: "no", action });
      assert.equal(session.state.kind, "failed", action);
    }
  });

  it("can be stopped while it connects", async () => {
    const { session } = openAccount({ profile: profiles.sandbox });
    await aws.sandbox.fault({ kind: "slow", ms: 600_000 });
    const connecting = session.connect();
    await until("the request", async () => (await aws.sandbox.held()).length === 1);
    session.cancel();
    const answer = await connecting;
    assert.ok(isFailure(answer));
    assert.equal(answer.failure, "cancelled");
    assert.equal(session.state.kind, "failed");
    await aws.sandbox.clearFaults();
    assert.ok(!isFailure(await session.reconnect()));
  });

  it("says what became of the process of a sign-in that was stopped, as long as that is what is the matter", async () => {
    const ended: ((text: string) => void)[] = [];
    const noted: string[] = [];
    const connection = async () => ({
      ...(await sdk.connection()),
      connect: ({ onProcessEnded }: ConnectOptions) => {
        if (onProcessEnded !== undefined) ended.push(onProcessEnded);
        return new Promise<never>(() => {});
      },
    });
    const { session } = openAccount({ aws: { ...sdk, connection }, note: (text) => noted.push(text) });
    const message = () => (session.state.kind === "failed" ? session.state.failure.message : session.state.kind);
    for (const count of [1, 2]) {
      void session.reconnect();
      await until("the sign-in", () => ended.length === count);
      session.cancel();
      assert.equal(message(), "Canceled.");
    }
    const [first, second] = ended;
    first?.("The process was ended.");
    assert.equal(message(), "Canceled.", "that was another one");
    second?.("The process was ended.");
    assert.equal(message(), "Sign-in was canceled. The process was ended.");
    const answer = await session.connect();
    assert.equal(isFailure(answer) && answer.message, message());
    await session.use("other");
    second?.("Once more.");
    assert.equal(message(), "idle");
    assert.equal(noted.length, 3);
  });

  it("forgets a connection that nobody needs any more", async () => {
    const { session } = openAccount({ profile: profiles.sandbox });
    await session.connect();
    const { signal } = session;
    session.dispose();
    assert.equal(signal.aborted, true);
  });

  it("follows the profile of the settings, where none was picked", async () => {
    const { session, settings } = openAccount();
    const states: string[] = [];
    session.onDidChange(() => states.push(`${session.profile} ${session.state.kind}`));
    settings.profile = profiles.other;
    settings.changed.fire();
    settings.changed.fire();
    assert.deepEqual(states, ["other idle"]);
    await session.use(profiles.sandbox);
    settings.profile = profiles.tokyo;
    settings.changed.fire();
    assert.equal(session.profile, profiles.sandbox);
  });

  it("asks for nothing where the workspace is not trusted", async () => {
    const { session } = openAccount({ isTrusted: () => false });
    const answer = await session.connect();
    assert.ok(isFailure(answer));
    assert.equal(answer.failure, "refused");
    assert.deepEqual([session.state.kind, await aws.sandbox.requests()], ["idle", []]);
  });
});
