import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { distributionsRow } from "../../../src/account/kinds/distributions.ts";
import { kinds } from "../../../src/account/kinds.ts";
import { ResourcesModel } from "../../../src/account/model.ts";
import type { Row } from "../../../src/account/row.ts";
import { Showing } from "../../../src/account/showing.ts";
import { ResourcesTree } from "../../../src/account/tree.ts";
import { AccountStatus } from "../../../src/host/resources/status.ts";
import { profiles } from "../../sandbox/client.ts";
import { account as accountId, otherAccount, region, userArn } from "../../sandbox/world.ts";
import { type Aws, closeSessions, memento, openAccount, stand, startAws } from "../aws.ts";
import { until } from "../editor.ts";

describe("what the status bar says of the account", () => {
  let aws: Aws;
  const open: vscode.Disposable[] = [];
  before(async () => {
    aws = await startAws();
  });
  beforeEach(() => aws.reset());
  afterEach(() => {
    vscode.Disposable.from(...open.splice(0)).dispose();
    closeSessions();
  });
  after(() => aws.close());

  /** The item as the editor would have it, once there is one. */
  function openStatus(profile?: string) {
    const { account, session } = openAccount(profile === undefined ? {} : { profile });
    let item: (Partial<vscode.StatusBarItem> & { shown: boolean }) | undefined;
    const standing = stand(
      "createStatusBarItem",
      () =>
        (item = {
          shown: false,
          show: () => item !== undefined && (item.shown = true),
          dispose: () => (item = undefined),
        } as Partial<vscode.StatusBarItem> & { shown: boolean }),
    );
    const showing = new Showing(memento(), kinds);
    const model = new ResourcesModel(
      () => account.current(),
      () => ({ ...showing.asked(), now: new Date(), warningDays: 30 }),
    );
    const regions = () => [region];
    const tree = new ResourcesTree({
      account,
      model,
      registry: kinds,
      canUndo: () => false,
      proof: () => undefined,
      underWay: () => undefined,
      changes: () => [],
      regions,
      fault: (_, error) => assert.fail(String(error)),
    });
    const view: Partial<vscode.TreeView<Row>> = {};
    open.push(
      new AccountStatus({
        account,
        view: view as vscode.TreeView<Row>,
        showing,
        tree,
      }),
      tree,
      showing,
      standing,
    );
    const tooltip = () => (typeof item?.tooltip === "string" ? item.tooltip : "");
    return { session, account, view, item: () => item, tooltip };
  }

  it("is nothing before the account is in use", async () => {
    const { item, session } = openStatus();
    assert.equal(item(), undefined);
    await session.connect();
    assert.equal(item()?.shown, true);
  });

  it("is profile, account and region, and on hover who is signed in, and where that is not AWS", async () => {
    const { item, tooltip, session, view } = openStatus(profiles.sandbox);
    await session.connect();
    assert.equal(item()?.text, `$(account) sandbox · ${accountId} · ${region}`);
    assert.equal(item()?.accessibilityInformation?.label, `AWS profile sandbox, account ${accountId}, ${region}`);
    assert.equal(item()?.command, "mtls.selectProfile");
    assert.equal(item()?.backgroundColor, undefined);
    assert.ok(tooltip().includes(userArn));
    assert.ok(tooltip().includes(aws.sandbox.endpoint));
    assert.equal(view.description, `sandbox · ${accountId} · ${region}`);
    await session.use(profiles.other);
    assert.equal(item()?.text, "$(account) other");
    await session.connect();
    assert.equal(item()?.text, `$(account) other · ${otherAccount} · ${region}`);
  });

  it("warns of a sign-in that failed, in words and in colour", async () => {
    const { item, tooltip, session } = openStatus(profiles.sso);
    await session.connect();
    assert.equal(item()?.text, "$(warning) sso · Sign-in expired");
    assert.ok(item()?.backgroundColor instanceof vscode.ThemeColor);
    assert.match(tooltip(), /aws sso login --profile sso/);
    await session.use(profiles.sandbox);
    await session.connect();
    assert.equal(item()?.backgroundColor, undefined);
  });

  it("warns of a sign-in that ends while it is in use, and keeps saying whose the rows are", async () => {
    const { item, session, account, view } = openStatus(profiles.sandbox);
    await account.whole(distributionsRow);
    session.lost({ failure: "expired", message: "It is over." });
    assert.equal(item()?.text, "$(warning) sandbox · Sign-in expired");
    const message = new RegExp(`^sandbox · ${accountId} · ${region} — It is over\\. The rows are as of .+\\.$`);
    await until("the message", () => message.test(view.message ?? ""));
  });
});
