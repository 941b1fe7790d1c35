import * as assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { type Failure, isFailure } from "../../../src/core/failure.ts";
import { selectProfile } from "../../../src/host/session/profile-pick.ts";
import type { Session } from "../../../src/host/session/session.ts";
import { profiles } from "../../sandbox/client.ts";
import { account as accountId, mfaCode, otherAccount, region, userArn } from "../../sandbox/world.ts";
import { type Aws, closeSessions, memento, openAccount, stand, startAws } from "../aws.ts";
import { until } from "../editor.ts";

describe("the session", () => {
  let aws: Aws;
  before(async () => {
    aws = await startAws();
  });
  beforeEach(() => aws.reset());
  afterEach(closeSessions);
  after(() => aws.close());

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

  it("begins with the profile of the settings where none was picked", async () => {
    const configuration = vscode.workspace.getConfiguration();
    await configuration.update("mtls.profile", profiles.tokyo, vscode.ConfigurationTarget.Global);
    try {
      assert.equal(openAccount().session.profile, profiles.tokyo);
      const { session } = openAccount({ profile: profiles.other });
      assert.equal(session.profile, profiles.other);
      const connection = await openAccount().session.connect();
      assert.ok(!isFailure(connection));
      assert.equal(connection.identity.region, "ap-northeast-1");
    } finally {
      await configuration.update("mtls.profile", undefined, vscode.ConfigurationTarget.Global);
    }
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
    assert.equal((await account.loadCertificates("me-south-1"))?.failure, "refused");
    assert.equal((await account.loadCertificates(region))?.failure, "signed-out");
    assert.equal(session.state.kind, "connected");
    assert.equal(await account.loadDistributions(), undefined);
    for (const action of ["cloudfront:ListDistributions", "sts:AssumeRole"]) {
      assert.ok(!isFailure(await session.reconnect()));
      session.lost({ failure: "signed-out", message: "no", action });
      assert.equal(session.state.kind, "failed", action);
    }
  });

  it("asks for the code of an MFA device in an input box that hides it", async () => {
    const { session } = openAccount({ profile: profiles.guarded });
    let options: vscode.InputBoxOptions | undefined;
    const box = stand("showInputBox", async (given) => {
      options = given as vscode.InputBoxOptions;
      return mfaCode;
    });
    try {
      const connection = await session.connect();
      assert.ok(!isFailure(connection), isFailure(connection) ? connection.message : "");
      assert.match(connection.identity.arn, /:assumed-role\/guarded\//);
      assert.equal(options?.password, true);
      assert.equal(options?.ignoreFocusOut, true);
      assert.equal(options?.validateInput?.("123456"), undefined);
      for (const wrong of ["12345", "1234567", "abcdef"])
        assert.match(String(options?.validateInput?.(wrong)), /six digits/);
    } finally {
      box.dispose();
    }
  });

  it("is cancelled where no code is given", async () => {
    const { session } = openAccount({ profile: profiles.guarded });
    const box = stand("showInputBox", async () => undefined);
    try {
      assert.equal((await failed(session)).failure, "cancelled");
    } finally {
      box.dispose();
    }
  });

  it("takes the input box away when another profile is chosen", async () => {
    const { session } = openAccount({ profile: profiles.guarded });
    let token: vscode.CancellationToken | undefined;
    const box = stand("showInputBox", (_, given) => {
      token = given as vscode.CancellationToken;
      return new Promise((resolve) => token?.onCancellationRequested(() => resolve(undefined)));
    });
    try {
      const old = session.connect();
      await until("the input box", () => token !== undefined);
      await session.use(profiles.sandbox);
      assert.equal(token?.isCancellationRequested, true);
      assert.ok(isFailure(await old));
      assert.ok(!isFailure(await session.connect()));
    } finally {
      box.dispose();
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

  it("is offered no profile as usable that the SDK passes over by its name", async () => {
    const folder = await mkdtemp(join(tmpdir(), "mtls-profiles-"));
    const file = join(folder, "config");
    await writeFile(file, "[profile über]\ncredential_process = vault\n[profile plain]\ncredential_process = vault\n");
    aws.setEnvironment({ AWS_CONFIG_FILE: file, AWS_SHARED_CREDENTIALS_FILE: join(folder, "none") });
    let items: readonly vscode.QuickPickItem[] = [];
    const pick = stand("showQuickPick", async (given) => {
      items = await (given as Thenable<readonly vscode.QuickPickItem[]>);
      return undefined;
    });
    try {
      assert.equal(await selectProfile(openAccount().session), false);
      const described = Object.fromEntries(items.map(({ label, description }) => [label, description]));
      assert.equal(
        described["über"],
        "cannot be used: rename it to letters (a to z), digits and hyphens · credential process",
      );
      assert.equal(described["plain"], "credential process");
    } finally {
      pick.dispose();
      await rm(folder, { recursive: true, force: true });
    }
  });

  it("forgets a connection that nobody needs any more", async () => {
    const { session } = openAccount({ profile: profiles.sandbox });
    await session.connect();
    const { signal } = session;
    session.dispose();
    assert.equal(signal.aborted, true);
  });
});
