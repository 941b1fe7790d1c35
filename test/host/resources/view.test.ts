import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Account } from "../../../src/account/account.ts";
import { certificate as certificateKind, certificateRow } from "../../../src/account/kinds/certificate.ts";
import { certificatesRow } from "../../../src/account/kinds/certificates.ts";
import { changesRow } from "../../../src/account/kinds/changes.ts";
import { distribution as distributionKind, distributionRow } from "../../../src/account/kinds/distribution.ts";
import { distributionsRow } from "../../../src/account/kinds/distributions.ts";
import { user as userKind } from "../../../src/account/kinds/user.ts";
import { kinds } from "../../../src/account/kinds.ts";
import { registryOf } from "../../../src/account/registry.ts";
import type { Row } from "../../../src/account/row.ts";
import { ChangesHere } from "../../../src/account/under-way.ts";
import type { ResourcesView } from "../../../src/host/resources/tools.ts";
import { createResourcesView } from "../../../src/host/resources/view.ts";
import { shownChange } from "../../account/changes.ts";
import { album, stampKinds, stampRow } from "../../account/stamps.ts";
import { profiles } from "../../sandbox/client.ts";
import {
  absentCertificate,
  account as accountId,
  certificates,
  distributions,
  otherAccount,
  otherAccountDistribution,
  otherRegion,
  region,
  secretHeaderValues,
} from "../../sandbox/world.ts";
import { type Aws, closeSessions, memento, openAccount, stand, startAws } from "../aws.ts";
import { until } from "../editor.ts";
import { Picks } from "../picks.ts";
import { TestHistory } from "./history.ts";

/** What is seen of a row. */
interface Seen {
  readonly row: Row;
  readonly label: string;
  readonly description: string;
  readonly context: string;
  readonly icon: string;
  readonly item: vscode.TreeItem;
}

/** The view as the editor drives it, without its pixels. */
interface Bench {
  readonly view: ResourcesView;
  readonly account: Account;
  /** What was changed on this machine. */
  readonly told: TestHistory;
  readonly tree: {
    description?: string;
    message?: string | vscode.MarkdownString;
    badge?: vscode.ViewBadge | undefined;
    selection: readonly Row[];
    visible: boolean;
  };
  /** Rows that were revealed. */
  readonly revealed: Row[];
  /** Rows that were drawn anew; `undefined`: all. */
  readonly drawn: (Row | undefined)[];
  readonly inspected: { readonly name: string; readonly text: string }[];
  below(row?: Row): Promise<Seen[]>;
  /** Through the rows with these labels. */
  find(...labels: readonly string[]): Promise<Seen>;
  run(command: keyof ResourcesView["commands"], ...args: readonly unknown[]): Promise<void>;
}

const open: vscode.Disposable[] = [];

function openView(
  profile?: string,
  memory = memento(profile === undefined ? {} : { "mtls.profile": profile }),
  registry = kinds,
): Bench {
  const { account, log } = openAccount({ memory, registry });
  const [revealed, drawn, inspected]: [Row[], (Row | undefined)[], Bench["inspected"]] = [[], [], []];
  const tree: Bench["tree"] = { selection: [], visible: true };
  const selected = new vscode.EventEmitter<vscode.TreeViewSelectionChangeEvent<Row>>();
  const treeView = Object.assign(tree, {
    onDidChangeSelection: selected.event,
    reveal: async (row: Row) => void revealed.push(row),
  }) as Partial<vscode.TreeView<Row>> as vscode.TreeView<Row>;
  const inspectText = async (name: string, text: string) => void inspected.push({ name, text });
  const canUndo = () => false;
  const proofs = { ofLive: () => undefined, onDidChange: () => ({ dispose: () => undefined }) };
  const here = new ChangesHere();
  const underWay = (kind: string, id: string) => here.of({ account: accountId, kind, id });
  const documents = { last: () => undefined };
  const told = new TestHistory();
  const { history } = told;
  const view = createResourcesView({
    ...{ underWay, onDidChangeUnderWay: here.onDidChange },
    ...{ account, registry, canUndo, proofs, history, documents, inspectText, log, view: treeView, memory },
  });
  open.push(
    view,
    selected,
    view.provider.onDidChangeTreeData((changed) =>
      drawn.push(...(Array.isArray(changed) ? changed : [changed ?? undefined])),
    ),
  );
  const seen = async (row: Row): Promise<Seen> => {
    const item = await view.provider.getTreeItem(row);
    const { label, description, contextValue, iconPath } = item;
    return {
      row,
      item,
      label: typeof label === "string" ? label : "",
      description: String(description ?? ""),
      context: contextValue ?? "",
      icon: iconPath instanceof vscode.ThemeIcon ? iconPath.id : "",
    };
  };
  const below: Bench["below"] = async (row) => Promise.all(((await view.provider.getChildren(row)) ?? []).map(seen));
  return {
    ...{ view, account, told, tree, revealed, drawn, inspected, below },
    find: async (...labels) => {
      let found: Seen | undefined;
      for (const label of labels) {
        const rows: Seen[] = await below(found?.row);
        found = rows.find((row) => row.label === label);
        assert.ok(
          found,
          `no ${JSON.stringify(label)} among ${JSON.stringify(rows.map((row) => row.label || row.description))}`,
        );
      }
      assert.ok(found);
      return found;
    },
    run: (command, ...args) => view.commands[command](...args),
  };
}

/** All of it is there, what is looked at closely included. */
async function loaded({ account, below }: Bench): Promise<void> {
  await below();
  await account.whole(certificatesRow(region));
  await account.whole(distributionsRow);
  await until("details of what is used", () =>
    [certificates.orders, certificates.expired, certificates.serverOnly, certificates.expiring].every(
      (arn) => account.current()?.certificates.get(arn)?.details !== undefined,
    ),
  );
  await until("what is not there", () => account.current()?.absent.has(absentCertificate));
}

async function tooltip({ view }: Bench, { item, row }: Seen): Promise<string> {
  const { token } = new vscode.CancellationTokenSource();
  const resolved = await view.provider.resolveTreeItem(item, row, token);
  const text = resolved?.tooltip;
  assert.ok(text instanceof vscode.MarkdownString);
  assert.equal(text.isTrusted ?? false, false);
  return text.value.replaceAll("\\", "");
}

describe("the resources view", () => {
  let aws: Aws;
  before(async () => {
    aws = await startAws();
  });
  after(() => aws.close());
  const close = async () => {
    vscode.Disposable.from(...open.splice(0)).dispose();
    closeSessions();
    await vscode.commands.executeCommand("notifications.clearAll");
  };

  const byId = async (bench: Bench, id: string): Promise<Seen> => {
    const rows = await bench.below(distributionsRow);
    const found = rows.find(({ row }) => distributionKind.is(row) && row.id === id);
    assert.ok(found, `no ${id}`);
    return found;
  };
  const certificate = async (bench: Bench, arn: string): Promise<Seen> => {
    for (const group of await bench.below(certificatesRow(region))) {
      const found = (await bench.below(group.row)).find(({ row }) => certificateKind.is(row) && row.arn === arn);
      if (found !== undefined) return found;
    }
    return assert.fail(`no ${arn}`);
  };
  const originsOf = async (bench: Bench, id: string): Promise<Seen[]> =>
    (await bench.below((await byId(bench, id)).row)).filter(({ row }) => row.kind === "origin");

  describe("of an account that is loaded", () => {
    let bench: Bench;
    before(async () => {
      await aws.reset();
      bench = openView();
      await loaded(bench);
    });
    beforeEach(() => {
      bench.tree.selection = [];
      bench.revealed.length = 0;
      bench.drawn.length = 0;
    });
    after(close);

    it("leads from an origin to its certificate and back", async () => {
      const [origin] = (await originsOf(bench, distributions.orders)).filter(({ context }) => context === "origin.on");
      assert.ok(origin);
      const [link] = await bench.below(origin.row);
      assert.ok(link);
      assert.equal(link.item.command?.command, "mtls.goToResource");
      await bench.run("mtls.goToResource", ...(link.item.command?.arguments ?? []));
      assert.deepEqual(bench.revealed.pop(), { kind: "certificate", arn: certificates.orders });
      const users = await bench.below(certificateRow(certificates.orders));
      const back = users.find(({ row }) => userKind.is(row) && row.distribution === distributions.orders);
      assert.ok(back, users.map(({ label }) => label).join());
      await bench.run("mtls.goToResource", ...(back.item.command?.arguments ?? []));
      assert.deepEqual(bench.revealed.pop(), origin.row);
    });

    it("has one name for every row, and words for who does not see it", async () => {
      const ids = new Set<string>();
      const walk = async (row?: Row): Promise<void> => {
        for (const child of await bench.below(row)) {
          assert.ok(child.item.id !== undefined && !ids.has(child.item.id), `${child.item.id} is there twice`);
          ids.add(child.item.id);
          assert.ok((child.item.accessibilityInformation?.label ?? "") !== "");
          assert.equal(child.item.tooltip, undefined);
          if (child.item.collapsibleState !== vscode.TreeItemCollapsibleState.None) await walk(child.row);
        }
      };
      await walk();
    });

    it("explains a row when somebody points at it, as text, and tells no secret", async () => {
      const walked: string[] = [];
      const walk = async (row?: Row): Promise<void> => {
        for (const child of await bench.below(row)) {
          if (["certificate", "distribution", "origin"].includes(child.row.kind))
            walked.push(await tooltip(bench, child));
          if (child.item.collapsibleState !== vscode.TreeItemCollapsibleState.None) await walk(child.row);
        }
      };
      await walk();
      const all = walked.join("\n");
      for (const secret of secretHeaderValues) assert.ok(!all.includes(secret));
      assert.match(
        await tooltip(bench, await certificate(bench, certificates.serverOnly)),
        /The certificate cannot be used as an origin client certificate\.[^]*ARN: arn:aws:acm[^]*Issuer:/,
      );
      assert.match(await tooltip(bench, await certificate(bench, certificates.spare)), /itself was not checked/);
      assert.match(
        await tooltip(bench, await byId(bench, distributions.expired)),
        /expired \d days ago[^]*ID: E1EXPIRED00002/,
      );
      assert.match(await tooltip(bench, await byId(bench, distributions.japanese)), /[\u3040-\u30ff\u4e00-\u9fff]/);
    });

    it("says above its rows whose they are", async () => {
      assert.match(String(bench.tree.description), new RegExp(`· ${accountId} · ${region}$`));
      assert.equal(bench.tree.message, bench.tree.description);
    });

    it("counts origins whose mTLS does not work, or will not for long", async () => {
      let [broken, expiring] = [0, 0];
      for (const { row } of await bench.below(distributionsRow)) {
        for (const child of await bench.below(row)) {
          if (child.context === "origin.on.broken") broken += 1;
          if (/^mTLS: 1\d days left/.test(child.description) && child.row.kind === "origin") expiring += 1;
        }
      }
      assert.ok(broken >= 3 && expiring >= 1);
      await until("the badge", () => bench.tree.badge?.value === broken + expiring);
      assert.match(
        bench.tree.badge?.tooltip ?? "",
        new RegExp(
          `Origin mTLS fails for ${broken} origins\\. The client certificates? of ${expiring} origins? expires? soon\\.`,
        ),
      );
    });

    it("shows only what fits the filter, and says how many", async () => {
      const input = bench.run("mtls.filterResources");
      await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
      await input;
      await filter(bench, "broken");
      const rows = await bench.below(distributionsRow);
      assert.ok(rows.length >= 3 && rows.length < 10);
      for (const { row } of rows)
        for (const origin of await originsOf(bench, distributionKind.is(row) ? row.id : ""))
          assert.match(origin.context, /broken$/);
      assert.match(
        String(bench.tree.message),
        / — Filter “broken”: \d+ of \d+ certificates, \d+ of \d+ distributions$/,
      );
      await filter(bench, "E1ORDERS000001");
      assert.deepEqual(
        (await bench.below(distributionsRow)).map(({ row }) => row),
        [{ kind: "distribution", id: distributions.orders }],
      );
      await filter(bench, '"not usable');
      assert.deepEqual(
        (await bench.below(certificatesRow(region))).map(({ label }) => label),
        ["Not usable for origin mTLS"],
      );
      await filter(bench, certificates.spare.slice(-12));
      assert.deepEqual(
        (await bench.below(certificatesRow(region))).map(({ description }) => description),
        ["1"],
      );
      assert.match(
        (await bench.below(distributionsRow))[0]?.description ?? "",
        /^None of \d+ distributions match the filter$/,
      );
      await filter(bench, "no such thing anywhere");
      assert.deepEqual(await bench.below(), []);
      assert.equal(bench.tree.message ?? "", "");
      await bench.run("mtls.clearFilter");
      assert.equal((await bench.below()).length, 2);
      assert.equal(bench.tree.message, bench.tree.description);
    });

    it("shows a row that the filter hides when somebody goes to it", async () => {
      await filter(bench, "broken");
      await bench.view.reveal(distributionRow(distributions.single));
      assert.deepEqual(bench.revealed, [{ kind: "distribution", id: distributions.single }]);
      assert.equal(bench.tree.message, bench.tree.description);
    });

    it("copies what a row is called", async () => {
      const copied = async (command: "mtls.copyArn" | "mtls.copyId" | "mtls.copyDomainName", row: Row) => {
        await bench.run(command, row);
        return vscode.env.clipboard.readText();
      };
      const orders = distributionRow(distributions.orders);
      assert.equal(await copied("mtls.copyArn", certificateRow(certificates.orders)), certificates.orders);
      assert.equal(await copied("mtls.copyId", certificateRow(certificates.orders)), certificates.orders.split("/")[1]);
      assert.equal(await copied("mtls.copyId", orders), distributions.orders);
      assert.match(await copied("mtls.copyArn", orders), /^arn:aws:cloudfront::\d{12}:distribution\/E1ORDERS000001$/);
      assert.match(await copied("mtls.copyDomainName", orders), /\.cloudfront\.net$/);
      bench.tree.selection = [certificateRow(certificates.spare)];
      await bench.run("mtls.copyArn");
      assert.equal(await vscode.env.clipboard.readText(), certificates.spare);
    });

    it("asks which row is meant where the menu's own is gone, and takes no other one for it", async () => {
      bench.tree.selection = [certificateRow(certificates.spare)];
      await vscode.env.clipboard.writeText("before");
      const picks = new Picks();
      try {
        // As the editor calls it for a row that was drawn anew since.
        const copying = bench.run("mtls.copyArn", undefined, undefined);
        await picks.titled("Copy ARN");
        await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
        await copying;
      } finally {
        picks.dispose();
      }
      assert.equal(await vscode.env.clipboard.readText(), "before");
    });

    it("inspects a certificate with its chain", async () => {
      await bench.run("mtls.inspectAcmCertificate", { kind: "certificate", arn: certificates.orders });
      const [inspected] = bench.inspected;
      assert.ok((inspected?.text.match(/-----BEGIN CERTIFICATE-----/g) ?? []).length >= 2);
      assert.equal(inspected?.name, "orders.clients.example.com");
    });
  });

  describe("with a kind of rows that it has never heard of", () => {
    const registry = registryOf([...kinds.kinds, ...stampKinds]);
    before(async () => {
      await aws.reset();
      album.stamps = [
        { id: "penny", country: "gb", isTorn: true },
        { id: "basel", country: "ch", isTorn: false },
      ];
    });
    after(close);

    it("draws, copies, picks and shows them, and has them in the policy and the badge", async () => {
      const bench = openView(undefined, memento(), registry);
      const penny = await bench.find("Stamps", "penny");
      assert.deepEqual(
        [penny.context, penny.item.id, penny.item.accessibilityInformation?.label],
        ["stamp.torn", "stamp penny", "Stamp penny, torn, gb"],
      );
      assert.match(await tooltip(bench, penny), /It sticks/);
      await bench.run("mtls.copyArn", penny.row);
      assert.equal(await vscode.env.clipboard.readText(), "arn:aws:stamps:::stamp/penny");
      bench.tree.selection = [stampRow("basel")];
      await bench.run("mtls.copyId");
      assert.equal(await vscode.env.clipboard.readText(), "basel");
      await bench.run("mtls.goToResource", stampRow("basel"));
      assert.deepEqual(bench.revealed, [stampRow("basel")]);
      // It says so until somebody takes that away.
      void bench.run("mtls.copyIamPolicy");
      await until("the policy", async () =>
        /"stamps:GetStamp",\s*"stamps:ListStamps"[^]*"stamps:LickStamp"/.test(await vscode.env.clipboard.readText()),
      );
      await until("the badge", () => bench.tree.badge?.tooltip.endsWith("1 stamps are torn"));
      await filter(bench, "torn");
      assert.match(String(bench.tree.message), /, 1 of 2 stamps$/);
    });
  });

  describe("of an account that is being loaded", () => {
    beforeEach(() => aws.reset());
    afterEach(close);

    it("orders certificates by days to expiry, or as told, and remembers that", async () => {
      const memory = memento();
      const bench = openView(undefined, memory);
      await loaded(bench);
      const fit = async (from: Bench) =>
        (await from.below((await from.find("Certificates in us-east-1", "Usable for origin mTLS")).row)).map(
          ({ row }) => (certificateKind.is(row) ? row.arn : ""),
        );
      const ends = (await fit(bench)).map(
        (arn) => bench.account.current()?.certificates.get(arn)?.notAfter?.getTime() ?? 0,
      );
      assert.deepEqual(
        ends,
        ends.toSorted((a, b) => a - b),
      );
      const picks = stand("showQuickPick", async (items) =>
        (await (items as readonly vscode.QuickPickItem[])).find(({ label }) => label === "Certificates by name"),
      );
      await bench.run("mtls.sortResources").finally(() => picks.dispose());
      const names = (
        await bench.below((await bench.find("Certificates in us-east-1", "Usable for origin mTLS")).row)
      ).map(({ label }) => label.toLowerCase());
      assert.deepEqual(names, names.toSorted());
      const again = openView(undefined, memory);
      await loaded(again);
      const ordered = (
        await again.below((await again.find("Certificates in us-east-1", "Usable for origin mTLS")).row)
      ).map(({ label }) => label.toLowerCase());
      assert.deepEqual(ordered, ordered.toSorted());
      assert.ok(ordered.length > 3);
    });

    it("loads what somebody goes to", async () => {
      const bench = openView();
      await bench.view.reveal(distributionRow(distributions.single));
      await bench.view.reveal(certificateRow(certificates.nameless));
      assert.deepEqual(bench.revealed, [
        { kind: "distribution", id: distributions.single },
        { kind: "certificate", arn: certificates.nameless },
      ]);
    });

    it("shows other regions as told", async () => {
      const configuration = vscode.workspace.getConfiguration();
      const bench = openView();
      await loaded(bench);
      bench.drawn.length = 0;
      await configuration.update("mtls.regions", [region, otherRegion], vscode.ConfigurationTarget.Global);
      try {
        await until("all is drawn anew", () => bench.drawn.includes(undefined));
        const roots = await bench.below();
        assert.deepEqual(
          roots.map(({ label }) => label),
          ["Certificates in us-east-1", "Certificates in ap-northeast-1", "Distributions"],
        );
        const [group] = await bench.below(certificatesRow(otherRegion));
        assert.equal(group?.label, "Not usable for origin mTLS");
        const [tokyo] = await bench.below(group?.row);
        assert.deepEqual(tokyo?.row, { kind: "certificate", arn: certificates.tokyo });
        assert.match(tokyo?.description ?? "", /^wrong Region · /);
      } finally {
        await configuration.update("mtls.regions", undefined, vscode.ConfigurationTarget.Global);
      }
    });

    it("shows whose a distribution is as soon as a tag is set that says so", async () => {
      const configuration = vscode.workspace.getConfiguration();
      const bench = openView();
      await loaded(bench);
      bench.drawn.length = 0;
      const tags = { "managed-by=terraform": "Terraform" };
      await configuration.update("mtls.ownerTags", tags, vscode.ConfigurationTarget.Global);
      try {
        await until("all is drawn anew", () => bench.drawn.includes(undefined));
        await until("the owner", async () =>
          (await byId(bench, distributions.terraform)).description.includes("Terraform"),
        );
      } finally {
        await configuration.update("mtls.ownerTags", undefined, vscode.ConfigurationTarget.Global);
      }
    });

    it("shows how to begin where there are no credentials at all", async () => {
      aws.setEnvironment({ AWS_CONFIG_FILE: "/nowhere/config", AWS_SHARED_CREDENTIALS_FILE: "/nowhere/credentials" });
      const bench = openView();
      assert.deepEqual(await bench.below(), []);
      const { state } = bench.account.session;
      assert.equal(state.kind === "failed" ? state.failure.failure : state.kind, "signed-out");
      // The editor shows its welcome only where there is no message.
      assert.equal(bench.tree.message ?? "", "");
    });

    it("says nothing of an account before there is one", () => {
      const bench = openView();
      assert.deepEqual([bench.tree.description, bench.tree.message ?? "", bench.tree.badge], ["", "", undefined]);
    });

    it("has one failure where nothing may be seen, which copies the policy", async () => {
      await aws.reset("denied");
      const bench = openView();
      await bench.below();
      const rows = [...(await bench.below(certificatesRow(region))), ...(await bench.below(distributionsRow))];
      assert.ok(rows.length >= 1);
      for (const { label, context } of rows.filter((row) => row.row.kind === "failure")) {
        assert.match(label, /^Not authorized: (acm:ListCertificates|cloudfront:ListDistributions)$/);
        assert.equal(context, "failure.denied");
      }
      const failure = rows.find(({ row }) => row.kind === "failure");
      assert.ok(failure);
      assert.match(await tooltip(bench, failure), /Action: (acm|cloudfront):/);
      await vscode.env.clipboard.writeText("");
      void bench.run("mtls.mendFailure", ...(failure.item.command?.arguments ?? []));
      await until("the policy", async () =>
        (await vscode.env.clipboard.readText()).includes("cloudfront:UpdateDistribution"),
      );
    });

    it("shows some hundred rows of a level at first, and more when told to, or gone to", async () => {
      await aws.reset("large");
      const bench = openView();
      await bench.below();
      await bench.account.whole(certificatesRow(region));
      const groups = await bench.below(certificatesRow(region));
      const large = groups.find(({ description }) => Number(description.replace(",", "")) > 500);
      assert.ok(large, groups.map(({ description }) => description).join());
      const rows = await bench.below(large.row);
      assert.deepEqual([rows.length, rows.at(-1)?.row.kind, rows.at(-1)?.label], [501, "more", "Show More"]);
      await bench.run("mtls.loadMore", rows.at(-1)?.row);
      assert.ok((await bench.below(large.row)).length > 501);
      const last = [...(bench.account.current()?.certificates.values() ?? [])].map(({ arn }) => arn);
      for (const arn of last.slice(-3)) {
        await bench.view.reveal(certificateRow(arn));
        const parent = await bench.view.provider.getParent(certificateRow(arn));
        assert.ok(parent);
        assert.ok(
          (await bench.below(parent)).some(({ row }) => row === bench.revealed.at(-1)),
          arn,
        );
      }
    });

    it("has one failure where there is no sign-in, which says what to do", async () => {
      const bench = openView(profiles.sso);
      const [failure, ...others] = await bench.below();
      assert.deepEqual(
        [failure?.row, failure?.description, others],
        [{ kind: "failure", in: undefined }, `Select to copy: aws sso login --profile ${profiles.sso}`, []],
      );
      assert.match(String(bench.tree.message), /^sso — .*has expired/);
      assert.equal(bench.tree.description, "sso");
      await vscode.env.clipboard.writeText("");
      void bench.run("mtls.mendFailure", ...(failure?.item.command?.arguments ?? []));
      await until(
        "the command",
        async () => (await vscode.env.clipboard.readText()) === `aws sso login --profile ${profiles.sso}`,
      );
    });

    it("shows another account's rows after another profile was picked, and none of the first one's", async () => {
      const bench = openView(profiles.sandbox);
      await loaded(bench);
      bench.drawn.length = 0;
      const picks = stand("showQuickPick", async (items) =>
        (await (items as Promise<readonly vscode.QuickPickItem[]>)).find(({ label }) => label === profiles.other),
      );
      await bench.run("mtls.selectProfile").finally(() => picks.dispose());
      assert.ok(bench.drawn.includes(undefined));
      await bench.below();
      await bench.account.whole(distributionsRow);
      assert.deepEqual(
        (await bench.below(distributionsRow)).map(({ row }) => row),
        [{ kind: "distribution", id: otherAccountDistribution }],
      );
      await until("its name", () => bench.tree.description === `other · ${otherAccount} · ${region}`);
    });

    it("shows what was changed on this machine at the end, drawn anew as more becomes of it", async () => {
      const bench = openView(profiles.sandbox);
      await loaded(bench);
      const change = shownChange({ name: "**shop** $(bug).example.com" });
      bench.told.show([change]);
      assert.deepEqual(bench.drawn.slice(-1), [undefined]);
      const group = (await bench.below()).at(-1) ?? assert.fail();
      assert.deepEqual([group.label, group.description, group.context], ["Changes", "1", "changes"]);
      assert.match(await tooltip(bench, group), /^\*\*Changes Made on This Machine\*\*$/m);
      const [row] = await bench.below(group.row);
      assert.ok(row);
      assert.deepEqual([row.label, row.context, row.icon], ["Enable mTLS", "change.undo", "pass"]);
      const said = await tooltip(bench, row);
      assert.match(said, /AWS has the change\. The configuration was read back\./);
      assert.match(said, /The change can be undone\./);
      bench.told.show([{ ...change, state: "left", noUndo: "under-way" }]);
      assert.deepEqual(bench.drawn.slice(-1), [changesRow]);
      assert.deepEqual(
        (await bench.below(changesRow)).map(({ context }) => context),
        ["change.left"],
      );
    });

    it("clears what is over of it, once that is confirmed", async () => {
      const bench = openView(profiles.sandbox);
      await loaded(bench);
      const asked: unknown[] = [];
      let answer: string | undefined;
      const standing = stand("showWarningMessage", async (...all: readonly unknown[]) => {
        asked.push(all);
        return answer;
      });
      const said = stand("showInformationMessage", async (message) => void asked.push(message));
      try {
        bench.told.show([shownChange({ state: "elsewhere", noUndo: "under-way" })]);
        await bench.run("mtls.clearHistory");
        assert.deepEqual(asked, ["There are no changes in the history that can be removed."]);
        bench.told.show([shownChange({ at: 2 }), shownChange({ at: 3 }), shownChange({ at: 4, state: "left" })]);
        await bench.run("mtls.clearHistory");
        assert.equal(bench.told.cleared, 0);
        answer = "Clear";
        await bench.run("mtls.clearHistory");
        assert.equal(bench.told.cleared, 1);
        const question =
          "Remove 2 changes from the history on this machine? Nothing changes in AWS. Changes that can be undone now can still be undone.";
        assert.deepEqual(asked.slice(1), [
          [question, { modal: true }, "Clear"],
          [question, { modal: true }, "Clear"],
        ]);
      } finally {
        standing.dispose();
        said.dispose();
      }
    });

    it("lists the profiles with what they are, and marks the one in use", async () => {
      const bench = openView(profiles.sandbox);
      await loaded(bench);
      let items: readonly vscode.QuickPickItem[] = [];
      const picks = stand(
        "showQuickPick",
        async (given) => void (items = await (given as Promise<readonly vscode.QuickPickItem[]>)),
      );
      await bench.run("mtls.selectProfile").finally(() => picks.dispose());
      const described = (label: string) => items.find((item) => item.label === label)?.description;
      assert.match(described("Environment") ?? "", /AWS CLI/);
      assert.match(described(profiles.sandbox) ?? "", /^current · access keys/);
      assert.match(described(profiles.sso) ?? "", new RegExp(`^IAM Identity Center · account ${accountId}`));
      assert.match(described(profiles.otherRole) ?? "", new RegExp(`^assumes a role · account ${otherAccount}`));
      aws.setEnvironment({ AWS_CONFIG_FILE: "/nowhere/config", AWS_SHARED_CREDENTIALS_FILE: "/nowhere/credentials" });
      const again = stand(
        "showQuickPick",
        async (given) => void (items = await (given as Promise<readonly vscode.QuickPickItem[]>)),
      );
      await bench.run("mtls.selectProfile").finally(() => again.dispose());
      assert.deepEqual(
        items.map(({ label }) => label),
        ["Environment", "No profiles found: show how to create one"],
      );
    });
  });
});

/** As *Filter* does with what is typed. */
async function filter(bench: Bench, text: string): Promise<void> {
  const original = vscode.window.createInputBox;
  let accept = (): void => {};
  const box = {
    ...{ value: "", title: "", prompt: "", placeholder: "", valueSelection: undefined },
    onDidChangeValue: () => ({ dispose: () => {} }),
    onDidAccept: (listener: () => void) => void (accept = listener),
    hidden: (): void => {},
    onDidHide: (listener: () => void) => void (box.hidden = listener),
    show: () => {},
    hide: () => box.hidden(),
    dispose: () => {},
  };
  Object.defineProperty(vscode.window, "createInputBox", { value: () => box, configurable: true, writable: true });
  try {
    const done = bench.run("mtls.filterResources");
    box.value = text;
    accept();
    await done;
  } finally {
    Object.defineProperty(vscode.window, "createInputBox", { value: original, configurable: true, writable: true });
  }
}
