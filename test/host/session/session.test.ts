import * as assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import type { Session } from "../../../src/account/session.ts";
import { type Failure, isFailure } from "../../../src/core/failure.ts";
import { selectProfile } from "../../../src/host/session/profile-pick.ts";
import { profiles } from "../../sandbox/client.ts";
import { mfaCode } from "../../sandbox/world.ts";
import { type Aws, closeSessions, openAccount, stand, startAws } from "../aws.ts";
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
        assert.match(String(options?.validateInput?.(wrong)), /six-digit/);
    } finally {
      box.dispose();
    }
  });

  it("asks again with what was wrong where AWS rejects the code", async () => {
    const { session } = openAccount({ profile: profiles.guarded });
    const prompts: string[] = [];
    const box = stand("showInputBox", async (given) => {
      prompts.push(String((given as vscode.InputBoxOptions).prompt));
      return prompts.length === 1 ? "000000" : mfaCode;
    });
    try {
      assert.ok(!isFailure(await session.connect()));
      assert.equal(prompts.length, 2);
      assert.doesNotMatch(prompts[0] ?? "", /rejected/);
      assert.match(prompts[1] ?? "", /AWS rejected the MFA code\. Each code works only once\./);
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
        "cannot be used: rename it to use only letters (a to z), digits, and hyphens · credential process",
      );
      assert.equal(described["plain"], "credential process");
    } finally {
      pick.dispose();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
