import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Row } from "../../../src/account/row.ts";
import type { ResourcesView } from "../../../src/host/resources/tools.ts";
import { createResourcesView } from "../../../src/host/resources/view.ts";
import type { Account } from "../../../src/host/session/account.ts";
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

function openView(profile?: string, memory = memento(profile === undefined ? {} : { "mtls.profile": profile })): Bench {
  const { account, log } = openAccount({ memory });
  const [revealed, drawn, inspected]: [Row[], (Row | undefined)[], Bench["inspected"]] = [[], [], []];
  const tree: Bench["tree"] = { selection: [], visible: true };
  const selected = new vscode.EventEmitter<vscode.TreeViewSelectionChangeEvent<Row>>();
  const treeView = Object.assign(tree, {
    onDidChangeSelection: selected.event,
    reveal: async (row: Row) => void revealed.push(row),
  }) as Partial<vscode.TreeView<Row>> as vscode.TreeView<Row>;
  const inspectText = async (name: string, text: string) => void inspected.push({ name, text });
  const view = createResourcesView({ account, inspectText, log, view: treeView, memory });
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
    ...{ view, account, tree, revealed, drawn, inspected, below },
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
  await account.whole({ kind: "certificates", region });
  await account.whole({ kind: "distributions" });
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
    const rows = await bench.below({ kind: "distributions" });
    const found = rows.find(({ row }) => row.kind === "distribution" && row.id === id);
    assert.ok(found, `no ${id}`);
    return found;
  };
  const certificate = async (bench: Bench, arn: string): Promise<Seen> => {
    for (const group of await bench.below({ kind: "certificates", region })) {
      const found = (await bench.below(group.row)).find(({ row }) => row.kind === "certificate" && row.arn === arn);
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

    it("has a list of certificates and one of distributions, each with its number", async () => {
      const roots = await bench.below();
      assert.deepEqual(
        roots.map(({ label, context }) => [label, context]),
        [
          ["Certificates in us-east-1", "certificates"],
          ["Distributions", "distributions"],
        ],
      );
      for (const { description } of roots) assert.match(description, /^\d+$/);
      assert.equal(roots[1]?.description, String(Object.keys(distributions).length));
    });

    it("groups certificates by what they are worth to an origin, and says it in words", async () => {
      const groups = await bench.below({ kind: "certificates", region });
      assert.deepEqual(
        groups.map(({ label }) => label),
        ["Fit for origin mTLS", "Expiring soon", "May not be fit", "Not fit for origin mTLS"],
      );
      for (const group of groups) assert.equal(group.description, String((await bench.below(group.row)).length));
      const described = async (arn: string) => {
        const { description, item } = await certificate(bench, arn);
        return `${description} | ${item.accessibilityInformation?.label}`;
      };
      assert.match(
        await described(certificates.orders),
        /^expires in \d+ \w+ · used for \d+ origins? \| Certificate .+, fit for origin mTLS, expires/,
      );
      assert.match(await described(certificates.spare), /not fully checked \| .*fit for origin mTLS/);
      assert.match(
        await described(certificates.expiring),
        /^expires in 1\d days · used for 1 origin \| .*expiring soon/,
      );
      assert.match(
        await described(certificates.expired),
        /^expired \d days ago · used for 1 origin \| .*not fit for origin mTLS/,
      );
      assert.match(await described(certificates.pending), /^not issued yet/);
      assert.match(await described(certificates.serverOnly), /clientAuth/);
      assert.match(await described(certificates.p384), /^ECDSA P-384 key/);
      assert.match(await described(certificates.rsa4096), /^RSA 4096 key/);
      assert.match(await described(certificates.revoked), /^revoked/);
      assert.match(await described(certificates.failed), /^request failed/);
    });

    it("says how it stands with each distribution", async () => {
      const described = async (id: string) => {
        const { description, icon } = await byId(bench, id);
        return `${icon}: ${description}`;
      };
      assert.match(await described(distributions.orders), /^shield: mTLS to 1 of 2 origins · .*E1ORDERS000001$/);
      assert.match(await described(distributions.expired), /^error: origin mTLS broken/);
      assert.match(await described(distributions.expiring), /^warning: client certificate expiring/);
      assert.match(await described(distributions.single), /^globe: E1SINGLE000008$/);
      assert.match(await described(distributions.disabled), /^circle-slash: disabled/);
      assert.match(await described(distributions.inProgress), /being deployed/);
      assert.match(await described(distributions.viewerRequired), /viewer mTLS required/);
      assert.match(await described(distributions.viewerOptional), /viewer mTLS optional/);
      assert.match(await described(distributions.staging), /staging/);
      assert.match(await described(distributions.tenants), /for tenants/);
      assert.match(await described(distributions.otherAccount), /^shield: origin mTLS/);
    });

    it("says of each origin whether it has mTLS, and why not", async () => {
      const states = async (id: string) =>
        (await originsOf(bench, id)).map(({ description, context }) => `${context}: ${description}`);
      assert.match((await states(distributions.orders)).join("\n"), /^origin\.on: mTLS on · [\w.-]+$/m);
      assert.match((await states(distributions.orders)).join("\n"), /^origin\.cannot: mTLS not possible: S3 origins/m);
      assert.match(
        (await states(distributions.expired)).join("\n"),
        /^origin\.on\.broken: mTLS broken: It is not valid now: expired \d days ago/,
      );
      assert.match(
        (await states(distributions.missing)).join("\n"),
        /^origin\.on\.broken: mTLS broken: ACM has no such certificate/,
      );
      assert.match((await states(distributions.unfit)).join("\n"), /^origin\.on\.broken: mTLS broken: .*clientAuth/);
      assert.match(
        (await states(distributions.wrongRegion)).join("\n"),
        /^origin\.on(\.broken: mTLS broken: .*us-east-1|\.unverified)/,
      );
      assert.match(
        (await states(distributions.expiring)).join("\n"),
        /^origin\.on: mTLS on, certificate expires in 1\d days/,
      );
      assert.match(
        (await states(distributions.otherAccount)).join("\n"),
        /^origin\.on\.unverified: mTLS on, its certificate is not known here/,
      );
      assert.match((await states(distributions.single)).join("\n"), /^origin\.off: mTLS off/);
      for (const id of [distributions.bucket, distributions.website, distributions.vpc, distributions.executeApi])
        assert.match((await states(id)).join("\n"), /^origin\.cannot: mTLS not possible: /);
      assert.equal((await originsOf(bench, distributions.hundred)).length, 100);
    });

    it("has the certificate and the behaviors below an origin, and warns of those that do not go with mTLS", async () => {
      const [origin] = (await originsOf(bench, distributions.orders)).filter(({ context }) => context === "origin.on");
      assert.ok(origin);
      const rows = await bench.below(origin.row);
      assert.equal(rows[0]?.context, "link.certificate");
      assert.match(rows[0]?.description ?? "", /^client certificate · expires in/);
      const behaviors = (
        await Promise.all((await originsOf(bench, distributions.orders)).map(({ row }) => bench.below(row)))
      )
        .flat()
        .filter(({ context }) => context === "behavior");
      assert.equal(behaviors.filter(({ label }) => label === "Default (*)").length, 1);
      const edge = (
        await Promise.all((await originsOf(bench, distributions.edge)).map(({ row }) => bench.below(row)))
      ).flat();
      const against = edge.filter(({ icon }) => icon === "warning").map(({ description }) => description);
      assert.ok(
        against.some((text) => text.includes("gRPC")),
        against.join("; "),
      );
      assert.ok(
        against.some((text) => /Lambda@Edge on origin-(request|response)/.test(text)),
        against.join("; "),
      );
      for (const text of against) assert.match(text, /^(does|would) not work with origin mTLS/);
    });

    it("leads from an origin to its certificate and back", async () => {
      const [origin] = (await originsOf(bench, distributions.orders)).filter(({ context }) => context === "origin.on");
      assert.ok(origin);
      const [link] = await bench.below(origin.row);
      assert.ok(link);
      assert.equal(link.item.command?.command, "mtls.goToResource");
      await bench.run("mtls.goToResource", ...(link.item.command?.arguments ?? []));
      assert.deepEqual(bench.revealed.pop(), { kind: "certificate", arn: certificates.orders });
      const users = await bench.below({ kind: "certificate", arn: certificates.orders });
      const back = users.find(({ row }) => row.kind === "user" && row.distribution === distributions.orders);
      assert.ok(back, users.map(({ label }) => label).join());
      await bench.run("mtls.goToResource", ...(back.item.command?.arguments ?? []));
      assert.deepEqual(bench.revealed.pop(), origin.row);
    });

    it("knows the way up from every row to a root", async () => {
      const check = async (row: Row | undefined, depth: number): Promise<number> => {
        let count = 0;
        for (const child of await bench.below(row)) {
          assert.equal(await bench.view.provider.getParent(child.row), row);
          count += 1;
          if (child.item.collapsibleState !== vscode.TreeItemCollapsibleState.None) {
            assert.ok(depth < 6);
            count += await check(child.row, depth + 1);
          }
        }
        return count;
      };
      assert.ok((await check(undefined, 0)) > 200);
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
        /not fit as an origin client certificate[^]*ARN: arn:aws:acm[^]*Issuer:/,
      );
      assert.match(await tooltip(bench, await certificate(bench, certificates.spare)), /itself was not checked/);
      assert.match(
        await tooltip(bench, await byId(bench, distributions.expired)),
        /expired \d days ago[^]*Id: E1EXPIRED00002/,
      );
      assert.match(await tooltip(bench, await byId(bench, distributions.japanese)), /[\u3040-\u30ff\u4e00-\u9fff]/);
    });

    it("looks closely at a certificate that somebody points at", async () => {
      const row = await certificate(bench, certificates.p384);
      assert.equal(bench.account.current()?.certificates.get(certificates.p384)?.details, undefined);
      await tooltip(bench, row);
      await until("details", () => bench.account.current()?.certificates.get(certificates.p384)?.details !== undefined);
      await until("the row is drawn anew", () => bench.drawn.some((drawn) => drawn === row.row));
    });

    it("says above its rows whose they are", async () => {
      assert.match(String(bench.tree.description), new RegExp(`· ${accountId} · ${region}$`));
      assert.equal(bench.tree.message, bench.tree.description);
    });

    it("counts origins whose mTLS does not work, or will not for long", async () => {
      let [broken, expiring] = [0, 0];
      for (const { row } of await bench.below({ kind: "distributions" })) {
        for (const child of await bench.below(row)) {
          if (child.context === "origin.on.broken") broken += 1;
          if (/certificate expires in/.test(child.description) && child.row.kind === "origin") expiring += 1;
        }
      }
      assert.ok(broken >= 3 && expiring >= 1);
      await until("the badge", () => bench.tree.badge?.value === broken + expiring);
      assert.match(
        bench.tree.badge?.tooltip ?? "",
        new RegExp(`of ${broken} origins is broken, the client certificates? of ${expiring} origins?`),
      );
    });

    it("shows only what fits the filter, and says how many", async () => {
      const input = bench.run("mtls.filterResources");
      await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
      await input;
      await filter(bench, "broken");
      const rows = await bench.below({ kind: "distributions" });
      assert.ok(rows.length >= 3 && rows.length < 10);
      for (const { row } of rows)
        for (const origin of await originsOf(bench, row.kind === "distribution" ? row.id : ""))
          assert.match(origin.context, /broken$/);
      assert.match(
        String(bench.tree.message),
        / — Filter “broken”: \d+ of \d+ certificates, \d+ of \d+ distributions$/,
      );
      await filter(bench, "E1ORDERS000001");
      assert.deepEqual(
        (await bench.below({ kind: "distributions" })).map(({ row }) => row),
        [{ kind: "distribution", id: distributions.orders }],
      );
      await filter(bench, '"not fit');
      assert.deepEqual(
        (await bench.below({ kind: "certificates", region })).map(({ label }) => label),
        ["Not fit for origin mTLS"],
      );
      await filter(bench, certificates.spare.slice(-12));
      assert.deepEqual(
        (await bench.below({ kind: "certificates", region })).map(({ description }) => description),
        ["1"],
      );
      assert.match(
        (await bench.below({ kind: "distributions" }))[0]?.description ?? "",
        /^None of \d+ distributions fits the filter$/,
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
      await bench.view.reveal({ kind: "distribution", id: distributions.single });
      assert.deepEqual(bench.revealed, [{ kind: "distribution", id: distributions.single }]);
      assert.equal(bench.tree.message, bench.tree.description);
    });

    it("copies what a row is called", async () => {
      const copied = async (command: "mtls.copyArn" | "mtls.copyId" | "mtls.copyDomainName", row: Row) => {
        await bench.run(command, row);
        return vscode.env.clipboard.readText();
      };
      const orders = { kind: "distribution", id: distributions.orders } as const;
      assert.equal(
        await copied("mtls.copyArn", { kind: "certificate", arn: certificates.orders }),
        certificates.orders,
      );
      assert.equal(
        await copied("mtls.copyId", { kind: "certificate", arn: certificates.orders }),
        certificates.orders.split("/")[1],
      );
      assert.equal(await copied("mtls.copyId", orders), distributions.orders);
      assert.match(await copied("mtls.copyArn", orders), /^arn:aws:cloudfront::\d{12}:distribution\/E1ORDERS000001$/);
      assert.match(await copied("mtls.copyDomainName", orders), /\.cloudfront\.net$/);
      bench.tree.selection = [{ kind: "certificate", arn: certificates.spare }];
      await bench.run("mtls.copyArn");
      assert.equal(await vscode.env.clipboard.readText(), certificates.spare);
    });

    it("inspects a certificate with its chain", async () => {
      await bench.run("mtls.inspectAcmCertificate", { kind: "certificate", arn: certificates.orders });
      const [inspected] = bench.inspected;
      assert.ok((inspected?.text.match(/-----BEGIN CERTIFICATE-----/g) ?? []).length >= 2);
      assert.equal(inspected?.name, (await certificate(bench, certificates.orders)).label);
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
        (await from.below((await from.find("Certificates in us-east-1", "Fit for origin mTLS")).row)).map(({ row }) =>
          row.kind === "certificate" ? row.arn : "",
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
      const names = (await bench.below((await bench.find("Certificates in us-east-1", "Fit for origin mTLS")).row)).map(
        ({ label }) => label.toLowerCase(),
      );
      assert.deepEqual(names, names.toSorted());
      const again = openView(undefined, memory);
      await loaded(again);
      const ordered = (
        await again.below((await again.find("Certificates in us-east-1", "Fit for origin mTLS")).row)
      ).map(({ label }) => label.toLowerCase());
      assert.deepEqual(ordered, ordered.toSorted());
      assert.ok(ordered.length > 3);
    });

    it("loads what somebody goes to", async () => {
      const bench = openView();
      await bench.view.reveal({ kind: "distribution", id: distributions.single });
      await bench.view.reveal({ kind: "certificate", arn: certificates.nameless });
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
        const [group] = await bench.below({ kind: "certificates", region: otherRegion });
        assert.equal(group?.label, "Not fit for origin mTLS");
        const [tokyo] = await bench.below(group?.row);
        assert.deepEqual(tokyo?.row, { kind: "certificate", arn: certificates.tokyo });
        assert.match(tokyo?.description ?? "", /not in the region for origin mTLS/);
      } finally {
        await configuration.update("mtls.regions", undefined, vscode.ConfigurationTarget.Global);
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

    it("has one placeholder where there is nothing", async () => {
      await aws.reset("empty");
      const bench = openView();
      await bench.below();
      const [none] = await bench.below({ kind: "certificates", region });
      assert.deepEqual([none?.description, none?.context], ["No certificates in us-east-1", "placeholder"]);
      assert.deepEqual(
        (await bench.below({ kind: "distributions" })).map(({ description }) => description),
        ["No distributions in this account"],
      );
      assert.equal(bench.tree.badge, undefined);
    });

    it("has one failure where nothing may be seen, which copies the policy", async () => {
      await aws.reset("denied");
      const bench = openView();
      await bench.below();
      const rows = [
        ...(await bench.below({ kind: "certificates", region })),
        ...(await bench.below({ kind: "distributions" })),
      ];
      assert.ok(rows.length >= 1);
      for (const { label, context } of rows.filter((row) => row.row.kind === "failure")) {
        assert.match(label, /^Not allowed: (acm:ListCertificates|cloudfront:ListDistributions)$/);
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

    it("keeps the rows before a failure in the middle, and the failure behind them goes on where it stopped", async () => {
      await aws.reset("large");
      const bench = openView();
      await aws.sandbox.fault({ kind: "error", operation: "ListDistributions", after: 2 });
      await bench.below();
      await bench.account.whole({ kind: "distributions" });
      const rows = await bench.below({ kind: "distributions" });
      assert.equal(rows.length, 201);
      const failure = rows.at(-1);
      assert.equal(failure?.row.kind, "failure");
      assert.match((await bench.below())[1]?.description ?? "", /^200, then: /);
      await aws.sandbox.clearFaults();
      await bench.run("mtls.refreshResource", failure?.row);
      assert.equal((await bench.below({ kind: "distributions" })).length, 500);
    });

    it("offers the rest where loading was stopped", async () => {
      await aws.reset("large");
      const bench = openView();
      await aws.sandbox.fault({ kind: "slow", ms: 600_000, operation: "ListDistributions", after: 1 });
      await bench.below();
      await bench.below({ kind: "distributions" });
      await bench.run("mtls.cancelLoading");
      const rows = await bench.below({ kind: "distributions" });
      const more = rows.at(-1);
      assert.deepEqual([rows.length, more?.row.kind, more?.label], [101, "more", "Load more"]);
      await aws.sandbox.clearFaults();
      await bench.run("mtls.loadMore", more?.row);
      assert.equal((await bench.below({ kind: "distributions" })).length, 500);
    });

    it("shows some hundred rows of a level at first, and more when told to, or gone to", async () => {
      await aws.reset("large");
      const bench = openView();
      await bench.below();
      await bench.account.whole({ kind: "certificates", region });
      const groups = await bench.below({ kind: "certificates", region });
      const large = groups.find(({ description }) => Number(description.replace(",", "")) > 500);
      assert.ok(large, groups.map(({ description }) => description).join());
      const rows = await bench.below(large.row);
      assert.deepEqual([rows.length, rows.at(-1)?.row.kind, rows.at(-1)?.label], [501, "more", "Show more"]);
      await bench.run("mtls.loadMore", rows.at(-1)?.row);
      assert.ok((await bench.below(large.row)).length > 501);
      const last = [...(bench.account.current()?.certificates.values() ?? [])].map(({ arn }) => arn);
      for (const arn of last.slice(-3)) {
        await bench.view.reveal({ kind: "certificate", arn });
        const parent = await bench.view.provider.getParent({ kind: "certificate", arn });
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
      await bench.account.whole({ kind: "distributions" });
      assert.deepEqual(
        (await bench.below({ kind: "distributions" })).map(({ row }) => row),
        [{ kind: "distribution", id: otherAccountDistribution }],
      );
      await until("its name", () => bench.tree.description === `other · ${otherAccount} · ${region}`);
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
        ["Environment", "No profiles were found: how to make one"],
      );
    });

    it("tells an editor that asks once for its rows, as it does, when there is more", async () => {
      const bench = openView();
      let rows = (await bench.below()).map(({ row }) => row);
      const said = new Map<Row, unknown>();
      await until("both are told", async () => {
        for (const row of bench.drawn.splice(0)) {
          if (row === undefined) rows = (await bench.below()).map((seen) => seen.row);
          else said.set(row, (await bench.view.provider.getTreeItem(row)).description);
        }
        return rows.length === 2 && rows.every((row) => /^\d+$/.test(String(said.get(row))));
      });
    });

    it("draws anew no more than what changed", async () => {
      const bench = openView();
      await loaded(bench);
      const { row } = await certificate(bench, certificates.p384);
      // What was opened on the way here is looked at closely, and so is what an origin presents.
      const origins = [...(bench.account.current()?.distributions.values() ?? [])].flatMap(
        (distribution) => distribution.origins,
      );
      const looked = new Set(origins.map(({ clientCertificate }) => clientCertificate));
      for (const { row: group, label } of await bench.below({ kind: "certificates", region })) {
        if (!label.startsWith("Not fit"))
          for (const { row: child } of await bench.below(group))
            if (child.kind === "certificate") looked.add(child.arn);
      }
      const known = (arn: string | undefined) =>
        arn === undefined ||
        bench.account.current()?.certificates.get(arn)?.details !== undefined ||
        bench.account.current()?.absent.has(arn) ||
        bench.account.detailsFailure(arn) !== undefined ||
        !arn.includes(accountId);
      await until("all details", () => [...looked].every(known), 15_000);
      await new Promise((resolve) => setTimeout(resolve, 300));
      await certificate(bench, certificates.p384);
      bench.drawn.length = 0;
      await bench.account.details(certificates.p384);
      await until("it is drawn", () => bench.drawn.length > 0);
      assert.deepEqual(bench.drawn, [row]);
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
