import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Blocks } from "../../../src/core/messages/content.ts";
import { readInSteps, reread } from "../../../src/core/read.ts";
import { atOnce } from "../../../src/core/steps.ts";
import { noUse, readUse } from "../../../src/core/truststore/use.ts";
import type { ContentSource } from "../../../src/host/certificates/content-source.ts";
import { Documents } from "../../../src/host/documents/documents.ts";
import { fileName } from "../../../src/host/editor/files.ts";
import { type AcceptanceTools, askAcceptance, readTime } from "../../../src/host/inspector/acceptance.ts";
import { stand } from "../aws.ts";
import { cleanUp, json, until, write } from "../editor.ts";
import { authority, client, fakeKey, inDays } from "../pem-files.ts";

describe("would this client be accepted", () => {
  const root = authority("CN=Clients Root");
  const issuing = authority("CN=Clients Issuing", { issuer: root });
  const other = authority("CN=Other Root");
  let documents: Documents;
  let standing: vscode.Disposable[] = [];
  const shown: ContentSource[] = [];
  const tools = (acm?: string): AcceptanceTools => ({
    documents,
    show: (source) => void shown.push(source),
    useOf: (_, { marker }) => (marker === undefined ? noUse : readUse(marker.target)),
    chooseAcmCertificate: () => Promise.resolve(acm === undefined ? undefined : { name: "from ACM", text: acm }),
  });

  before(() => {
    documents = new Documents(
      () =>
        Promise.resolve({
          read: (document, text) => readInSteps({ text, syntax: "pem", name: fileName(document.uri) }),
          reread,
          isOurs: () => true,
          check: () => atOnce(() => []),
        }),
      (error) => assert.fail(String(error)),
    );
  });
  afterEach(async () => {
    for (const one of standing) one.dispose();
    standing = [];
    shown.length = 0;
    await cleanUp();
  });
  after(() => documents.dispose());

  /** What is picked, one after the other, by its label. */
  function picking(...labels: readonly string[]): string[] {
    const titles: string[] = [];
    const rest = [...labels];
    standing.push(
      stand("showQuickPick", async (items, options) => {
        titles.push((options as vscode.QuickPickOptions).title ?? "");
        const all = (await items) as vscode.QuickPickItem[];
        const label = rest.shift();
        return all.find((item) => item.label.includes(label ?? "nothing more is asked"));
      }),
    );
    return titles;
  }

  async function answers(source: ContentSource | undefined): Promise<Readonly<Record<string, readonly string[]>>> {
    assert.ok(source, "a page is shown");
    const content = await source.read();
    assert.equal(content.kind, "blocks", JSON.stringify(content.kind === "nothing" ? content.note : {}));
    const { acceptance } = content as Blocks;
    return Object.fromEntries(
      (acceptance?.answers ?? []).map(({ name, answer, reasons }) => [name, [answer, ...reasons]]),
    );
  }

  it("of a file with a client, and the bundle that is chosen", async () => {
    const uri = await write("accepted-client.pem", client("CN=client", { issuer: issuing }).pem + issuing.pem);
    await write("accepted-store.pem", root.pem);
    const titles = picking("accepted-store.pem");
    await askAcceptance(uri, tools());
    assert.deepEqual(titles, ["Check “client” Against a Trust Store"]);
    const { CloudFront, "API Gateway": apiGateway, "RFC 5280": standard } = await answers(shown[0]);
    const yes = [
      "Yes",
      "The certification path has 3 certificates, and all their signatures were verified.",
      "This check does not look at revocation. It does not recognize a revoked certificate.",
    ];
    assert.deepEqual(standard, yes);
    assert.deepEqual(CloudFront, [
      ...yes,
      "If the trust store checks OCSP, CloudFront rejects the client, because “client” has no OCSP URL. A CRL in this file has no effect.",
    ]);
    assert.doesNotMatch(apiGateway?.join(" ") ?? "", /revocation/, "of a client that is rejected anyway");
    assert.equal(apiGateway?.[0], "No");
    assert.match(apiGateway?.join(" ") ?? "", /“Clients Issuing” is presented but not in the bundle/);
  });

  it("of a bundle asks for the client, be it in ACM", async () => {
    const uri = await write("accepted-store.pem", root.pem);
    const titles = picking("ACM certificate");
    await askAcceptance(uri, tools(client("CN=client", { issuer: issuing }).pem + issuing.pem));
    assert.deepEqual(titles, ["Select a Client to Check Against “accepted-store.pem”"]);
    assert.equal((await answers(shown[0]))["CloudFront"]?.[0], "Yes");
  });

  it("says which certificates of the files programs do not find", async () => {
    const quoted = issuing.pem.replace(/^(?=.)/gm, "> ");
    const uri = await write("hidden-client.pem", client("CN=client", { issuer: issuing }).pem);
    await write("hidden-store.pem", root.pem + quoted);
    picking("hidden-store.pem");
    await askAcceptance(uri, tools());
    const content = await shown[0]?.read();
    assert.match(
      content?.kind === "blocks" ? (content.note?.text ?? "") : "",
      /^“hidden-store\.pem” contains a block \(CERTIFICATE\) that is not written as plain PEM.*this check ignores it\.$/,
    );
    assert.equal((await answers(shown[0]))["CloudFront"]?.[0], "No");
  });

  it("says exactly why not, and follows the files", async () => {
    const uri = await write("refused-client.pem", client("CN=client", { issuer: issuing }).pem);
    const store = await write("refused-store.pem", root.pem);
    picking("refused-store.pem");
    await askAcceptance(uri, tools());
    const [source] = shown;
    const before = await answers(source);
    assert.equal(before["CloudFront"]?.[0], "No");
    assert.match(before["CloudFront"]?.join(" ") ?? "", /Clients Issuing/);
    await vscode.workspace.fs.writeFile(store, new TextEncoder().encode(root.pem + issuing.pem));
    await until("the issuing CA", async () => (await answers(source))["CloudFront"]?.[0] !== "No");
    await vscode.workspace.fs.delete(store);
    const gone = await source?.read();
    assert.equal(gone?.kind, "nothing");
  });

  it("says that nobody is let in by a bundle that the service does not take", async () => {
    const uri = await write("untaken-client.pem", client("CN=client", { issuer: root }).pem);
    await write("untaken-store.pem", `${root.pem}\n\n${other.pem}`);
    picking("untaken-store.pem");
    await askAcceptance(uri, tools());
    const { CloudFront, "API Gateway": apiGateway } = await answers(shown[0]);
    assert.equal(CloudFront?.[0], "Not until CloudFront accepts the bundle");
    assert.match(CloudFront?.join(" ") ?? "", /no blank lines/);
    assert.equal(apiGateway?.[0], "Yes");
    const network = (await answers(shown[0]))["Network Load Balancer"] ?? [];
    assert.equal(network[0], "Accepted by RFC 5280; not documented by AWS");
    assert.match(network.join(" "), /Application Load Balancer rejects this trust store\./);
  });

  describe("by the identity filters of a Network Load Balancer's listener", () => {
    const arnOf = (balancer: string) =>
      `arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/${balancer}/50dc6c495c0c9188/f2f7dc8efc522ab2`;
    const filter = (Value: string) => ({ Action: "accept", Field: "subject-cn", MatchType: "exact", Value });
    const listener = (balancer: string, ...filters: readonly object[]) => ({
      ListenerArn: arnOf(balancer),
      Protocol: balancer.startsWith("net/") ? "TLS" : "HTTPS",
      Port: 443,
      MutualAuthentication: {
        Mode: "verify",
        ...(filters.length > 0 ? { ClientCertificateIdentityFilters: filters } : {}),
      },
    });
    const nlb = "Network Load Balancer";

    async function asked(name: string, ...labels: readonly string[]) {
      const uri = await write(`${name}.pem`, client("CN=client", { issuer: root }).pem);
      await write(`${name}-store.pem`, root.pem);
      const titles = picking(`${name}-store.pem`, ...labels);
      await askAcceptance(uri, tools());
      return titles;
    }

    it("says that none were looked at, and asks nothing, where no document has such a listener", async () => {
      await write("application-listener.json", json(listener("app/web")));
      await write("filters-off.json", json({ ...listener("net/off"), MutualAuthentication: { Mode: "off" } }));
      assert.equal((await asked("unfiltered")).length, 1);
      const answer = (await answers(shown[0]))[nlb] ?? [];
      assert.equal(answer[0], "Yes");
      assert.match(answer.join(" "), /No client certificate identity filters were checked/);
      assert.doesNotMatch((await answers(shown[0]))["Application Load Balancer"]?.join(" ") ?? "", /filter/);
    });

    it("takes them from the listener that is picked, and follows its document", async () => {
      const document = await write(
        "filtered.json",
        json({ Listeners: [listener("net/one", filter("other")), listener("net/two")] }),
      );
      const titles = await asked("filtered", "one:443");
      assert.equal(titles.at(-1), "Check “client” Against the Filters of a Listener");
      const [source] = shown;
      const refused = (await answers(source))[nlb] ?? [];
      assert.equal(refused[0], "No");
      assert.match(refused.join(" "), /No client certificate identity filter of the listener matches “client”\./);
      assert.match(refused.join(" "), /Listener: one:443, in filtered\.json\./);
      assert.equal((await answers(source))["Application Load Balancer"]?.[0], "Yes");
      const changed = json({ Listeners: [listener("net/two"), listener("net/one", filter("CLIENT"))] });
      await vscode.workspace.fs.writeFile(document, new TextEncoder().encode(changed));
      const accepted = (await answers(source))[nlb] ?? [];
      assert.equal(accepted[0], "Yes");
      assert.match(
        accepted.join(" "),
        /The filter subject-cn exact “CLIENT” of the listener matches “client” in the certificate\./,
      );
      await vscode.workspace.fs.writeFile(document, new TextEncoder().encode(json({ Listeners: [] })));
      const gone = await source?.read();
      assert.equal(gone?.kind, "nothing");
    });

    it("says that there are none, takes none where that is picked, and shows nothing where it is left", async () => {
      await write("none.json", json(listener("net/none")));
      await asked("none", "none:443");
      assert.match((await answers(shown[0]))[nlb]?.join(" ") ?? "", /has no client certificate identity filters/);
      await asked("without", "Without filters");
      assert.match((await answers(shown[1]))[nlb]?.join(" ") ?? "", /no listener was selected/);
      await asked("left", "nothing of the kind");
      assert.equal(shown.length, 2);
    });

    it("asks nothing of a trust store that is for other services", async () => {
      await write("elsewhere.json", json(listener("net/elsewhere")));
      const uri = await write("elsewhere.pem", client("CN=client", { issuer: root }).pem);
      await write("elsewhere-store.pem", `# mtls: target=cloudfront\n${root.pem}`);
      assert.equal(picking("elsewhere-store.pem").length, 0);
      await askAcceptance(uri, tools());
      assert.equal(shown.length, 1);
    });
  });

  it("for another time", async () => {
    const uri = await write("later-client.pem", client("CN=client", { issuer: root, notAfter: inDays(10) }).pem);
    await write("later-store.pem", root.pem);
    picking("later-store.pem");
    await askAcceptance(uri, tools());
    const [source] = shown;
    assert.equal((await answers(source))["API Gateway"]?.[0], "Yes");
    const later = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
    let typed: string | undefined = later;
    standing.push(stand("showInputBox", () => Promise.resolve(typed)));
    await source?.chooseTime?.();
    const expired = await answers(source);
    assert.equal(expired["API Gateway"]?.[0], "No");
    assert.match(expired["API Gateway"]?.join(" ") ?? "", /expired/);
    assert.match(expired["CloudFront"]?.at(-1) ?? "", /IgnoreCertificateExpiry/);
    assert.match(expired["Application Load Balancer"]?.at(-1) ?? "", /IgnoreClientCertificateExpiry/);
    typed = undefined;
    await source?.chooseTime?.();
    assert.equal((await answers(source))["API Gateway"]?.[0], "No", "left without an answer, the time stays");
    typed = "";
    await source?.chooseTime?.();
    assert.equal((await answers(source))["API Gateway"]?.[0], "Yes");

    standing.push(source?.follow(() => {}) ?? assert.fail());
    const before = source?.read();
    typed = later;
    await source?.chooseTime?.();
    const left = await before;
    assert.match(left?.kind === "nothing" ? left.note.text : "", /restarted/, "the next one need not wait for it");
  });

  it("asks which certificate is the client's where there are several, and says where there is none", async () => {
    const uri = await write(
      "several-clients.pem",
      client("CN=first", { issuer: root }).pem + client("CN=second", { issuer: other }).pem,
    );
    await write("several-store.pem", other.pem);
    const titles = picking("Client certificate", "second", "several-store.pem");
    await askAcceptance(uri, tools());
    assert.deepEqual(titles, [
      "Is “several-clients.pem” a Client Certificate or a Trust Store?",
      "Select the Client Certificate in “several-clients.pem”",
      "Check “second” Against a Trust Store",
    ]);
    assert.equal((await answers(shown[0]))["API Gateway"]?.[0], "Yes");
    const said: string[] = [];
    standing.push(
      stand("showWarningMessage", (message) => {
        said.push(String(message));
        return Promise.resolve(undefined);
      }),
    );
    const key = await write("only-a-key.pem", fakeKey);
    await askAcceptance(key, tools());
    assert.match(said.join(), /contains no certificate/);
    assert.equal(shown.length, 1);
    const marked = await write("marked-store.pem", `# mtls: target=apigateway\n${client("CN=self-made").pem}`);
    assert.deepEqual(picking("several-clients.pem"), []);
    await askAcceptance(marked, tools());
    assert.equal(shown.length, 1, "nobody said which client");
  });
});

describe("a time that is typed", () => {
  it("is a day, or a minute of it, in UTC", () => {
    assert.equal(readTime("2027-01-31")?.toISOString(), "2027-01-31T00:00:00.000Z");
    assert.equal(readTime(" 2027-01-31 09:30 UTC")?.toISOString(), "2027-01-31T09:30:00.000Z");
    for (const wrong of ["2027-02-31", "tomorrow", "2027-1-1", "2027-01-31 25:00"])
      assert.equal(readTime(wrong), undefined, wrong);
  });
});
