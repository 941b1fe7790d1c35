// The rules of the repository about itself. What is scanned is the source as written, not what a bundler makes of it.
import * as assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import { describe, test } from "node:test";
import { kinds } from "../src/account/kinds.ts";
import { catalogue } from "../src/core/rules/catalogue.ts";
import type { Rule } from "../src/core/rules/rule.ts";

const src = join(import.meta.dirname, "../src");

interface Import {
  readonly from: string;
  /** A path below `src`, or the name of a library as written. */
  readonly to: string;
  readonly library: boolean;
  readonly typeOnly: boolean;
}

interface SourceFile {
  /** Below `src`, with `/`. */
  readonly path: string;
  /** Without comments. */
  readonly code: string;
  /** Without comments, and with nothing in its strings and patterns. */
  readonly bare: string;
  readonly imports: readonly Import[];
}

const comment = String.raw`\/\/[^\n]*|\/\*[^]*?\*\/`;
const text = `${String.raw`"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`}\`(?:\\\\.|[^\`\\\\])*\``;
/** A pattern stands where a value may begin, so that a division is none. */
const pattern = String.raw`(?<=[(,=:?!&|[{};]\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*`;

function readSource(file: string): SourceFile {
  const path = relative(src, file).split(sep).join("/");
  const raw = readFileSync(file, "utf8");
  const code = raw.replaceAll(new RegExp(`${text}|${pattern}|(${comment})`, "g"), (found, commented?: string) =>
    commented === undefined ? found : "",
  );
  const bare = code.replaceAll(new RegExp(`${text}|${pattern}`, "g"), '""');
  return { path, code, bare, imports: importsOf(path, code) };
}

function importsOf(path: string, code: string): Import[] {
  const found = [
    ...[...code.matchAll(/^\s*(?:import|export)\s+(type\s)?[^;"']*?from\s*["']([^"']+)["']/gm)].map(
      ([, type, to = ""]) => ({ to, typeOnly: type !== undefined }),
    ),
    ...[...code.matchAll(/^\s*import\s*["']([^"']+)["']/gm)].map(([, to = ""]) => ({ to, typeOnly: false })),
    ...[...code.matchAll(/(typeof\s+)?\bimport\(\s*["']([^"']+)["']/g)].map(([, type, to = ""]) => ({
      to,
      typeOnly: type !== undefined,
    })),
  ];
  return found.map(({ to, typeOnly }) => {
    const library = !to.startsWith(".");
    return { from: path, to: library ? to : posix.join(dirname(path), to), library, typeOnly };
  });
}

const files = globSync(join(src, "**/*.ts")).sort().map(readSource);
const imports = files.flatMap((file) => file.imports);

// --- the rings

interface Ring {
  /** Rings it may import from, besides itself. */
  readonly rings: readonly string[];
  /** Of these only types. */
  readonly types?: readonly string[];
  readonly libraries: RegExp;
}

/** Who may import whom: the table in CONTRIBUTING.md. */
const table: Readonly<Record<string, Ring>> = {
  manifest: { rings: [], libraries: /^$/ },
  core: { rings: [], libraries: /^(jsonc-parser|yaml|@vscode\/l10n)$/ },
  platform: { rings: ["core"], libraries: /^(node:|picomatch$|@peculiar\/x509$|reflect-metadata$)/ },
  aws: { rings: ["core", "platform"], libraries: /^(@aws-sdk\/|@vscode\/l10n$|node:)/ },
  account: { rings: ["core", "platform"], types: ["aws"], libraries: /^@vscode\/l10n$/ },
  webview: {
    rings: [],
    types: ["core", "account"],
    libraries:
      /^(lit(\/directives\/[\w-]+\.js)?|@vscode-elements\/elements\/dist\/vscode-[\w-]+\/index\.js|@vscode\/l10n)$/,
  },
  host: {
    rings: ["manifest", "core", "platform", "account", "aws", "webview"],
    libraries: /^(vscode|@vscode\/l10n|picomatch)$/,
  },
  extension: {
    rings: ["manifest", "core", "platform", "account", "aws", "host"],
    libraries: /^(vscode|@vscode\/l10n)$/,
  },
  cli: { rings: ["manifest", "core", "platform"], libraries: /^(@vscode\/l10n$|diff$|ignore$|sarif$|node:)/ },
};

function ringOf(path: string): string {
  return path.split("/")[0]?.replace(/\.ts$/, "") ?? "";
}

describe("the rings", () => {
  test("are those of the table, and each was scanned", () => {
    const seen = new Set(files.map(({ path }) => ringOf(path)));
    assert.deepEqual(
      [...seen].filter((ring) => table[ring] === undefined),
      [],
    );
    for (const ring of ["manifest", "core", "platform", "account", "aws", "webview", "host", "extension", "cli"])
      assert.ok(seen.has(ring), `${ring} was not scanned`);
    for (const ring of ["core", "platform", "account", "aws", "webview", "host", "extension"])
      assert.ok(
        imports.some(({ from }) => ringOf(from) === ring),
        `no import of ${ring} was found`,
      );
    assert.ok(imports.length > 150, `${imports.length} imports`);
  });

  test("import only from those they may", () => {
    const wrong = imports.filter(({ from, to, library, typeOnly }) => {
      if (library) return false;
      const [here, there] = [ringOf(from), ringOf(to)];
      const ring = table[here];
      if (here === there) return false;
      if (ring?.types?.includes(there) === true) return !typeOnly;
      return ring?.rings.includes(there) !== true || (there === "webview" && !to.endsWith("/protocol.ts"));
    });
    assert.deepEqual(wrong, []);
  });

  test("use only the libraries they may", () => {
    assert.deepEqual(
      imports.filter(({ from, to, library }) => library && table[ringOf(from)]?.libraries.test(to) !== true),
      [],
    );
  });

  test("ask the machine in platform/node, aws and the command line alone", () => {
    const isAllowed = (path: string) => /^(platform\/node\/|aws\/|cli(\.ts$|\/))/.test(path);
    const asking = files.filter(
      ({ bare, imports: own }) => /\bprocess\./.test(bare) || own.some(({ to }) => to.startsWith("node:")),
    );
    assert.ok(
      asking.some(({ path }) => path.startsWith("platform/node/")),
      "no file that asks the machine was found",
    );
    assert.deepEqual(
      asking.map(({ path }) => path).filter((path) => !isAllowed(path)),
      [],
    );
  });

  test("know the editor in a fifth of the lines at most", () => {
    const linesOf = (some: readonly SourceFile[]) =>
      some.reduce((sum, { path }) => sum + readFileSync(join(src, path), "utf8").split("\n").length, 0);
    const withEditor = files.filter(({ imports: own }) => own.some(({ to }) => to === "vscode"));
    assert.ok(withEditor.length > 50, `${withEditor.length} files import the editor`);
    const share = linesOf(withEditor) / linesOf(files);
    assert.ok(share <= 0.2, `${(share * 100).toFixed(1)} % of the lines are in files that import the editor`);
  });

  test("nobody imports an entry point", () => {
    assert.deepEqual(
      imports.filter(({ to, library }) => !library && /^(extension(-browser)?|cli)\.ts$/.test(to)),
      [],
    );
  });

  test("an import names a file that is there, with its ending", () => {
    const known = new Set(files.map(({ path }) => path));
    assert.deepEqual(
      imports.filter(({ to, library }) => !library && !known.has(to)),
      [],
    );
  });
});

// --- inside the rings

/** From left to right: each imports only what stands to its left, and what is in its own part. */
const layers: Readonly<Record<string, readonly (readonly string[])[]>> = {
  core: [
    ["text", "shell", "steps", "grouped", "arn", "telling", "failure", "reason", "encoding"],
    ["inventory", "edits"],
    ["document", "pem"],
    ["dialect"],
    ["template"],
    ["x509"],
    ["tls"],
    ["client-certificate", "cloudfront", "apigateway", "elb"],
    ["cloudformation"],
    ["acm", "truststore"],
    ["probe", "handshake-failure"],
    ["subjects"],
    ["kinds"],
    ["facts", "secrets", "find-subjects"],
    ["rules", "subject-at", "offers"],
    ["read"],
    ["fixes", "judging", "mending", "check-files"],
    ["settings"],
    ["messages"],
  ],
  account: [
    [
      "row",
      "order",
      "event",
      "memory",
      "aws",
      "behaviors",
      "judged",
      "row-words",
      "policy",
      "acm-text",
      "advice",
      "asking",
      "shown-change",
    ],
    [
      "row-width",
      "expiry-words",
      "distribution-tags",
      "listing",
      "inventory-source",
      "proofs",
      "console-links",
      "session-source",
      "problems",
      "origin-mtls-words",
      "origin-choices",
      "viewer-mtls-words",
      "shown-change-words",
      "under-way",
    ],
    ["list", "model", "certificate-details", "certificate-words", "failure-words"],
    ["distribution-words"],
    ["certificate-choices", "document-plan", "proved-target", "verify"],
    ["known-account"],
    ["kind"],
    ["registry", "listed", "link", "list-words"],
    ["kinds"],
    ["session", "choices", "distribution-meant", "regions", "profile-words"],
    ["known", "showing", "live"],
    ["account", "certificate-uses"],
    ["tree", "status-words"],
  ],
  host: [
    ["editor"],
    ["documents", "session"],
    ["certificates", "authoring"],
    ["language", "bundles", "inspector", "resources", "live", "verify"],
    ["account-features"],
    ["features"],
  ],
};

function partOf(path: string): string {
  return path.split("/")[1]?.replace(/\.ts$/, "") ?? "";
}

for (const [ring, order] of Object.entries(layers)) {
  const layerOf = (path: string): number => order.findIndex((layer) => layer.includes(partOf(path)));
  const own = files.filter(({ path }) => path.startsWith(`${ring}/`));
  const inner = imports.filter(({ from, to, library }) => !library && ringOf(from) === ring && ringOf(to) === ring);

  describe(`inside ${ring}`, () => {
    test("every part has its place, and every place is taken", () => {
      assert.deepEqual(
        own.filter(({ path }) => layerOf(path) < 0).map(({ path }) => path),
        [],
      );
      const parts = new Set(own.map(({ path }) => partOf(path)));
      assert.deepEqual(
        order.flat().filter((part) => !parts.has(part)),
        [],
      );
    });

    test("each imports only what stands to its left", () => {
      assert.ok(inner.length > 80, `${inner.length} imports`);
      assert.deepEqual(
        inner.filter(({ from, to }) => partOf(from) !== partOf(to) && layerOf(to) >= layerOf(from)),
        [],
      );
    });
  });
}

// --- what decides

/** The names that a file takes from another, as they are called there. */
function namesFrom(file: SourceFile, to: string): readonly string[] {
  return [...file.code.matchAll(/^\s*import\s*(?!type\b)\{([^}]*)\}\s*from\s*"([^"]+)"/gm)]
    .filter(([, , path = ""]) => posix.join(dirname(file.path), path) === to)
    .flatMap(([, names = ""]) => names.split(","))
    .map((name) => name.trim().replace(/\s+as\s.*$/, ""))
    .filter((name) => name !== "" && !name.startsWith("type "));
}

describe("what judges, compares and plans", () => {
  /** By the file that it is in and its name: the files that may call it, or a folder of them, none with an editor. */
  const callers: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
    "core/rules/check.ts": {
      check: ["account/live/targets/distribution/target.ts", "core/judging.ts"],
      checkInSteps: ["core/fixes.ts", "core/judging.ts"],
      checkCertificate: ["account/certificate-choices.ts"],
    },
    "core/rules/run.ts": {
      run: ["core/rules/"],
      apply: ["core/rules/"],
    },
    "core/cloudfront/compare.ts": {
      differences: ["account/live/targets/distribution/target.ts"],
      differ: ["core/cloudfront/origin-settings.ts"],
    },
    "account/live/plan.ts": { planFor: ["account/live/engine.ts"] },
  };
  const withEditor = files.filter(({ imports: own }) => own.some(({ to }) => to === "vscode"));

  for (const [path, functions] of Object.entries(callers)) {
    test(`${path} is called from where nothing knows the editor`, () => {
      const names = Object.keys(functions);
      const own = files.find((file) => file.path === path)?.code ?? "";
      assert.deepEqual(
        names.filter(
          (name) =>
            !["function", "function*"].some(
              (kind) => own.includes(`export ${kind} ${name}(`) || own.includes(`export ${kind} ${name}<`),
            ),
        ),
        [],
        "not there any more",
      );
      for (const [name, allowed] of Object.entries(functions)) {
        const found = files.filter((file) => namesFrom(file, path).includes(name)).map((file) => file.path);
        const isAmong = (place: string) => (one: string) => one.startsWith(place);
        assert.deepEqual(
          found.filter((one) => !allowed.some((place) => isAmong(place)(one))),
          [],
          `${name} is called from elsewhere`,
        );
        assert.deepEqual(
          allowed.filter((place) => !found.some(isAmong(place))),
          [],
          `${name} is no longer called from there`,
        );
        assert.deepEqual(
          withEditor.filter((file) => found.includes(file.path)).map((file) => file.path),
          [],
        );
      }
      // Imported another way, the names would not be seen: that is done only to have it loaded early.
      const others = imports.filter(
        ({ from, to, typeOnly }) =>
          to === path && !typeOnly && !files.some((file) => file.path === from && namesFrom(file, path).length > 0),
      );
      assert.deepEqual(
        others.map(({ from }) => from).filter((from) => !loadsAlone(from, path)),
        [],
      );
    });
  }

  /** Whether a file loads another, and takes nothing from it. */
  function loadsAlone(from: string, to: string): boolean {
    const code = files.find(({ path }) => path === from)?.code ?? "";
    const loads = [...code.matchAll(/^(.*)\bimport\("([^"]+)"\)(.*)$/gm)].filter(
      ([, , path = ""]) => posix.join(dirname(from), path) === to,
    );
    return loads.length > 0 && loads.every(([, before = "", , after]) => /^ *await $/.test(before) && after === ";");
  }

  test("is asked of a live change's target by the engine alone, not by what knows the editor", () => {
    const asking = /\.(rules|diff)\(|\bplanFor\(/;
    const found = files.filter(({ bare }) => asking.test(bare)).map(({ path }) => path);
    assert.ok(found.includes("account/live/plan.ts") && found.length > 3, found.join());
    assert.ok(withEditor.length > 50, `${withEditor.length} files import the editor`);
    assert.deepEqual(
      withEditor.filter(({ path }) => found.includes(path)).map(({ path }) => path),
      [],
    );
  });
});

// --- kinds of rows

describe("a kind of rows", () => {
  const own = files.filter(({ path }) => path.startsWith("account/kinds/"));

  test("is one file, and one line among the kinds", () => {
    const listed = imports.filter(({ from, to }) => from === "account/kinds.ts" && to.startsWith("account/kinds/"));
    assert.deepEqual(listed.map(({ to }) => to).sort(), own.map(({ path }) => path).sort());
    assert.deepEqual(
      kinds.kinds.map(({ kind }) => `account/kinds/${kind}.ts`).sort(),
      own.map(({ path }) => path).sort(),
    );
    for (const { path, code } of own) {
      const told = [...code.matchAll(/\browKind\([^]*?\bkind: "([\w-]+)",\s*key:/g)].map(([, kind]) => kind);
      assert.deepEqual(
        told.map((kind) => `account/kinds/${kind}.ts`),
        [path],
      );
    }
  });

  test("is asked what its rows are by nobody: what is not its file's is the same for all", () => {
    const names = kinds.kinds.map(({ kind }) => kind).join("|");
    const asking = new RegExp(
      `\\bkind\\s*[!=]==\\s*"(${names})"|\\bswitch \\((row|resource|branch|list)\\??\\.kind\\)`,
    );
    assert.ok(asking.test('if (row.kind === "origin") return;') && asking.test("switch (row.kind) {"));
    const scanned = files.filter(
      ({ path }) =>
        /^(account|host\/(resources|session|live)|host\/[\w-]+\.ts)/.test(path) &&
        !own.some((file) => file.path === path),
    );
    assert.ok(scanned.length > 40, `${scanned.length} files`);
    assert.deepEqual(
      scanned.filter(({ code }) => asking.test(code)).map(({ path }) => path),
      [],
    );
  });
});

// --- circles

/** The groups of nodes each of which leads to every other: none where nothing leads back to where it began. */
function circlesIn(arrows: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  const visit = (node: string): number => {
    const mine = order.size;
    order.set(node, mine);
    let low = mine;
    open.push(node);
    for (const next of arrows.get(node) ?? []) {
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (open.includes(next)) low = Math.min(low, order.get(next) ?? mine);
    }
    lowest.set(node, low);
    if (low === mine) {
      const circle = open.splice(open.indexOf(node));
      if (circle.length > 1) circles.push(circle.sort());
    }
    return low;
  };
  for (const node of arrows.keys()) if (!order.has(node)) visit(node);
  return circles;
}

/** Where an import leads from and to, each as `nodeOf` calls it. */
function arrowsBetween(nodeOf: (path: string) => string): Map<string, Set<string>> {
  const arrows = new Map<string, Set<string>>();
  for (const { from, to, library } of imports) {
    if (library || nodeOf(from) === nodeOf(to)) continue;
    const targets = arrows.get(nodeOf(from)) ?? new Set();
    arrows.set(nodeOf(from), targets.add(nodeOf(to)));
  }
  return arrows;
}

describe("circles", () => {
  /** A file that stands beside folders stands for itself. */
  const folderOf = (path: string): string => {
    const folder = dirname(path);
    const hasFolders = files.some(
      (file) => dirname(file.path).startsWith(folder === "." ? "" : `${folder}/`) && dirname(file.path) !== folder,
    );
    return hasFolders ? path : folder;
  };

  test("there are none of files", () => {
    const arrows = arrowsBetween((path) => path);
    assert.ok(arrows.size > 300, `${arrows.size} files import others`);
    assert.deepEqual(circlesIn(arrows), []);
  });

  test("there are none of folders", () => {
    const arrows = arrowsBetween(folderOf);
    assert.ok([...arrows.keys()].filter((node) => !node.endsWith(".ts")).length > 25, `${arrows.size} nodes`);
    assert.deepEqual(circlesIn(arrows), []);
  });

  test("are found where there are some", () => {
    const arrows = new Map(
      Object.entries({ a: ["b"], b: ["c", "d"], c: ["a"], d: ["e"], e: ["f"], f: ["e"], g: ["a"] }).map(
        ([node, to]) => [node, new Set(to)],
      ),
    );
    assert.deepEqual(circlesIn(arrows).sort(), [
      ["a", "b", "c"],
      ["e", "f"],
    ]);
  });
});

describe("core", () => {
  const core = files.filter(({ path }) => path.startsWith("core/"));
  test("has no clock, no chance, no input or output, and no log", () => {
    const banned =
      /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\b|\bMath\.random\b|\bprocess\b|\bconsole\b|\bfetch\(|\bset(Timeout|Interval|Immediate)\b|\bglobalThis\b|\brequire\(/;
    assert.deepEqual(
      core.filter(({ bare }) => banned.test(bare)).map(({ path, bare }) => `${path}: ${banned.exec(bare)?.[0]}`),
      [],
    );
  });

  test("says nothing to users but through translation", () => {
    // A title that is a name, or of a page in English, is the same in every language. A rule that alone cites a page
    // says so itself.
    const literals = core
      .filter(({ path }) => path !== "core/rules/sources.ts")
      .flatMap(({ path, code }) =>
        [
          ...code
            .replaceAll(/^ {2}source: \{ *\s*title: "[^"]*",\s*url: "https:[^"]*",?\s*\},$/gm, "")
            .matchAll(/\b(message|title|requires|detail): *(["'`])(.*?)\2/g),
        ].map(([, name, , value = ""]) => ({
          path,
          name,
          value,
        })),
      );
    assert.deepEqual(
      literals.filter(({ value }) => !/^\w*$/.test(value)),
      [],
    );
    const translated = core.flatMap(({ code }) => [
      ...code.matchAll(/\b(message|title|requires|detail):[^,\n]*\bl10n\.t\("/g),
    ]);
    assert.ok(translated.length > 50, `${translated.length} translated`);
  });
});

// --- words

describe("words in core", () => {
  const core = files.filter(({ path }) => path.startsWith("core/"));
  const deciding = core.filter(({ path }) => !path.startsWith("core/messages/"));
  const telling = deciding.filter(({ code }) => callsIn(withoutSentences(code)) > 0).map(({ path }) => path);

  test("are made in messages, in sentences and in what a rule requires, and nowhere else", () => {
    assert.deepEqual(telling, []);
  });

  test("were looked for in all of core", () => {
    const calls = (of: readonly SourceFile[]) => of.reduce((sum, { code }) => sum + callsIn(code), 0);
    const messages = core.filter(({ path }) => path.startsWith("core/messages/"));
    assert.ok(messages.length >= 20 && deciding.length > 200, `${messages.length} and ${deciding.length} files`);
    assert.ok(calls(messages) > 200, `${calls(messages)} calls in messages`);
    assert.ok(calls(deciding) >= catalogue.length, `${calls(deciding)} calls elsewhere`);
    // Whoever calls it another way would not be seen.
    const loads = core.filter(({ imports: own }) => own.some(({ to }) => to === "@vscode/l10n"));
    assert.deepEqual(
      loads.filter(({ code }) => !code.includes('import * as l10n from "@vscode/l10n";')).map(({ path }) => path),
      [],
    );
    assert.deepEqual(
      loads.filter(({ bare }) => /\bl10n\b(?!\.t\(|";| from)/.test(bare)).map(({ path }) => path),
      [],
    );
  });

  test("are seen wherever they stand", () => {
    const rule = `
      const says = {
        plain: () => l10n.t("A."),
        other: ({ a }: { a: string }) => (a === "" ? l10n.t("B.") : l10n.t("C {0}.", a)),
      } satisfies Says;
      export const rule: Rule<Listener, typeof says> = {
        requires: l10n.t("It must be (so)."),
        says,`;
    assert.equal(callsIn(rule), 4);
    assert.equal(callsIn(withoutSentences(rule)), 0);
    assert.equal(callsIn(withoutSentences(`${rule} *check() { yield { at, reason: l10n.t("D.") }; } };`)), 1);
    assert.equal(callsIn(withoutSentences('const reason = { code: "a", message: l10n.t("E.") };')), 1);
    assert.equal(callsIn(withoutSentences('const said = {\n a: l10n.t("F."),\n} satisfies Said;')), 1);
  });
});

function callsIn(code: string): number {
  return code.match(/\bl10n\s*\.\s*t\s*\(/g)?.length ?? 0;
}

/** Without the objects of sentences, and without what rules require. */
function withoutSentences(code: string): string {
  const blank = code.replaceAll(new RegExp(`${text}|${pattern}`, "g"), (found) => `"${" ".repeat(found.length - 2)}"`);
  let left = blank;
  for (const { 0: opening, index } of blank.matchAll(/\bconst says = \{|\brequires: l10n\.t\(/g)) {
    const start = index + opening.length - 1;
    const end = closing(blank, start);
    const isSentences = opening.endsWith("(") || /^\s*satisfies Says\b/.test(blank.slice(end));
    if (isSentences) left = left.slice(0, index) + " ".repeat(end - index) + left.slice(end);
  }
  return left;
}

/** Behind the bracket that closes the one at an offset. */
function closing(code: string, open: number): number {
  let depth = 0;
  for (let at = open; at < code.length; at++) {
    if ("({[".includes(code[at] ?? "")) depth++;
    else if (")}]".includes(code[at] ?? "") && --depth === 0) return at + 1;
  }
  return code.length;
}

// --- the rules

/** Pages of AWS, of RFCs, of NIST and of Microsoft, and named issues of a public tracker. */
const citation =
  /^https:\/\/(docs\.aws\.amazon\.com\/[\w./-]+\.html|www\.rfc-editor\.org\/rfc\/rfc\d+#section-\d+(\.\d+)*|csrc\.nist\.gov\/pubs\/sp\/[\w/]+|learn\.microsoft\.com\/en-us\/[\w./-]+(#[\w-]+)?|github\.com\/[\w-]+\/[\w.-]+\/issues\/\d+)$/;

describe("the rules", () => {
  const shared = [
    "core/rules/catalogue.ts",
    "core/rules/check.ts",
    "core/rules/distribution-parts.ts",
    "core/rules/kept-findings.ts",
    "core/rules/piece-findings.ts",
    "core/rules/run.ts",
    "core/rules/rule.ts",
    "core/rules/sources.ts",
    "core/rules/related.ts",
    "core/rules/store-finding.ts",
    "core/rules/template-problems.ts",
  ];
  const ruleFiles = files.filter(({ path }) => /^core\/rules\/[\w-]+\/[\w-]+\.ts$/.test(path));

  test("are one file each, at core/rules/<subject>/<name>.ts, beside what they share", () => {
    assert.ok(ruleFiles.length > 15);
    const others = files
      .filter(({ path }) => path.startsWith("core/rules/") && !ruleFiles.some((file) => file.path === path))
      .map(({ path }) => path);
    assert.deepEqual(others.sort(), [...shared].sort());
  });

  test("never import each other, nor the catalogue", () => {
    const among = imports.filter(
      ({ from, to }) => ruleFiles.some(({ path }) => path === from) && to.startsWith("core/rules/"),
    );
    assert.ok(among.length > 20);
    assert.deepEqual(
      among.filter(
        ({ to }) => !shared.includes(to) || /\/(catalogue|check|distribution-parts|piece-findings|run)\.ts$/.test(to),
      ),
      [],
    );
  });

  test("are all in the catalogue, and the catalogue has nothing else", () => {
    const ids = ruleFiles.map(({ path }) => path.replace(/^core\/rules\//, "").replace(/\.ts$/, ""));
    assert.deepEqual(catalogue.map(({ id }) => id).toSorted(), ids.toSorted());
  });

  test("have their path as id, one to a file, with a requirement, a citation and no sentence left to write", async () => {
    const left: string[] = [];
    for (const { path, code } of ruleFiles) {
      const exported: Readonly<Record<string, Rule<never>>> = await import(join(src, path));
      const [rule, another] = Object.values(exported);
      assert.equal(another, undefined, `${path} exports more than its rule`);
      assert.equal(`core/rules/${rule?.id}.ts`, path);
      assert.ok(
        catalogue.some((card) => card === rule),
        `${path} is another object than in the catalogue`,
      );
      if (!/^[A-Z].+\.$/.test(rule?.requires ?? ""))
        left.push(`${path}: say in \`requires\` what must hold, in one sentence`);
      const { title = "", url = "" } = rule?.source ?? {};
      if (title === "" || !citation.test(url)) left.push(`${path}: cite in \`source\` the page that says so`);
      if (/\bt\(\s*""/.test(code)) left.push(`${path}: write the sentences where it says t("")`);
    }
    assert.deepEqual(left, []);
  });
});

// --- style

describe("the source", () => {
  test("has no barrels and no default exports", () => {
    assert.deepEqual(
      files
        .filter(({ code }) => /^\s*export\s+(type\s+)?(\*|\{[^}]*\})[^;"']*from\s*["']/m.test(code))
        .map(({ path }) => path),
      [],
    );
    assert.deepEqual(
      files.filter(({ bare }) => /\bexport\s+default\b|\bas default\b/.test(bare)).map(({ path }) => path),
      [],
    );
  });

  test("is named in kebab-case, after the thing", () => {
    assert.deepEqual(
      files
        .filter(({ path }) => !/^([a-z0-9]+(-[a-z0-9]+)*\/)*[a-z0-9]+(-[a-z0-9]+)*\.ts$/.test(path))
        .map(({ path }) => path),
      [],
    );
    assert.deepEqual(
      files
        .filter(({ path }) => /(^|\/)(utils?|helpers?|common|services?|misc|shared|lib)(\/|\.ts$)/.test(path))
        .map(({ path }) => path),
      [],
    );
  });

  test("shows messages through one door, which takes links out of what it quotes", () => {
    const shows = files
      .filter(({ bare }) => /\bshow(Information|Warning|Error)Message\b/.test(bare))
      .map(({ path }) => path);
    assert.deepEqual(shows, ["host/editor/say.ts"]);
  });

  test("has no way around the types, and nothing left to do", () => {
    const escapes = /\bas any\b|:\s*any\b|<any>|\bas unknown as\b/;
    assert.deepEqual(
      files.filter(({ bare }) => escapes.test(bare)).map(({ path }) => path),
      [],
    );
    const raw = files.map(({ path }) => ({ path, all: readFileSync(join(src, path), "utf8") }));
    assert.deepEqual(
      raw
        .filter(({ all }) =>
          /@ts-(ignore|expect-error|nocheck)|\b(TODO|FIXME|XXX|HACK)\b/.test(all.replaceAll(/todo\|/g, "")),
        )
        .map(({ path }) => path),
      [],
    );
  });
});

// --- lines

/** A string, a template with nothing but names in it, a pattern or a URL. */
const unbreakable = new RegExp(
  `https?:\\S+|"(?:\\\\.|[^"\\\\])*"|'(?:\\\\.|[^'\\\\])*'|${"`(?:\\\\.|[^`\\\\])*`"}|/(?![*/ ])(?:\\\\.|\\[(?:\\\\.|[^\\]\\\\])*\\]|[^/\\\\[])+/[a-z]*`,
  "g",
);

function isTooLong(line: string): boolean {
  if (line.length <= 120) return false;
  const longest = Math.max(0, ...[...line.matchAll(unbreakable)].map(({ 0: { length } }) => length));
  // Where the longest is short, the formatter had other places to break the line at.
  return longest < 40 || line.length - longest > 120;
}

describe("lines", () => {
  test("of more than 120 characters are so because of one text, pattern or URL", () => {
    const all = [src, import.meta.dirname].flatMap((folder) => globSync(join(folder, "**/*.ts")));
    assert.ok(all.length > 500, `${all.length} files`);
    const long = all.flatMap((file) => {
      const lines = readFileSync(file, "utf8").split("\n");
      return lines.flatMap((line, index) => (isTooLong(line) ? [`${relative(src, file)}:${index + 1}`] : []));
    });
    assert.deepEqual(long, []);
  });

  test("are too long where more than that is beyond the limit", () => {
    const words = "word ".repeat(30);
    assert.ok(!isTooLong(`  const said = "${words}";`));
    assert.ok(!isTooLong(`  // https://example.com/${"a".repeat(120)}`));
    assert.ok(isTooLong(`  // ${words}`));
    assert.ok(isTooLong(`  say("a", "b", ${"name, ".repeat(30)}"c");`));
  });
});

describe("the scan", () => {
  const parts = (code: string) => {
    const stripped = code.replaceAll(new RegExp(`${text}|${pattern}|(${comment})`, "g"), (found, commented?: string) =>
      commented === undefined ? found : "",
    );
    return importsOf("core/a/b.ts", stripped).map(({ to }) => to);
  };

  test("sees every form of import, over lines too", () => {
    const code =
      'import type { A } from "./a.ts";\nimport {\n  B,\n  type C,\n} from "../b.ts";\nimport * as d from "d";\nimport "e";\nconst f = await import("../../f.ts");\ntype G = typeof import("g");\nexport { H } from "./h.ts";\n';
    assert.deepEqual(
      parts(code).toSorted(),
      ["core/a/a.ts", "core/a/h.ts", "core/b.ts", "d", "e", "f.ts", "g"].toSorted(),
    );
  });

  test("sees none in comments, and is not misled by quotes in patterns", () => {
    assert.deepEqual(
      parts('// import "a";\n/* import b from "b"; */\nconst p = f(/["\'`/]/, "// no comment");\nimport "c";\n'),
      ["c"],
    );
  });
});

describe("texts that are not ours", () => {
  const editor = files.filter(({ path }) => path.startsWith("host/"));
  const home = "host/editor/";
  /** What in the editor makes more of a text than its characters, and the files where it is asked for. */
  const doors: readonly (readonly [asking: RegExp, ...homes: readonly string[]])[] = [
    [/\.show(Information|Warning|Error)Message\b/, "say"],
    [/\.show(QuickPick|InputBox)\b/, "pick"],
    [/\bnew vscode\.MarkdownString\b/, "markdown"],
    [
      /\bnew vscode\.(Diagnostic|DiagnosticRelatedInformation|CodeAction|DocumentSymbol|SymbolInformation)\(/,
      "convert",
    ],
    [/\bcreateQuickPick\b/, "pick"],
    // The filter stays open beside the view, and answers nothing.
    [/\bcreateInputBox\b/, "pick", "../resources/filter"],
    [/\bcreateCommentController\b/, "file-review"],
    // How brackets are parted, that nothing comes of them.
    [/\\u200b/, "plain"],
  ];
  for (const [asking, ...homes] of doors)
    test(`reach ${asking.source} through ${homes.join(", ")} alone`, () => {
      assert.deepEqual(
        editor.filter(({ code }) => asking.test(code)).map(({ path }) => path),
        homes.map((name) => posix.join(home, `${name}.ts`)),
      );
    });

  /** Calls that take a text as it is: what has to stand there. */
  const sinks: readonly (readonly [called: RegExp, safe: RegExp])[] = [
    [/\bpick\.items = [^;]{0,20}/g, /= drawable\(/],
    [/\b\w+\.placeholder = [^;]{0,20}/g, /= (?:steady|vscode\.l10n\.t)\(/],
    [/\b(?:pick|box)\.title = [^;]{0,20}/g, /= steady\(/],
    [/\bbox\.prompt = [^;]{0,20}/g, /= plain\(/],
    [/\bbox\.validationMessage = [^;]{0,20}/g, /= said\(/],
    [/\binput\.title = [^;]{0,20}/g, /= vscode\.l10n\.t\(/],
    [/\bshow(?:QuickPick|InputBox)\([^;]*;/g, /steadyHead\(options\)/],
    [/\bnew vscode\.(?:CodeAction|DocumentSymbol)\([^;]{0,20}/g, /\(iconless\(/],
    [/\bnew vscode\.TreeItem\([^)]{0,20}/g, /TreeItem\(steady\(/],
    [/\bmade\.description = [^;]{0,20}/g, /= steady\(/],
    [/\bnew vscode\.Diagnostic\([^;]{0,80}/g, /steady\((?:messageOf\(|text\))/],
    [/\bsetStatusBarMessage\([^;]{0,20}/g, /\(iconless\(/],
    [/\bitem\.text = [^;]{0,40}/g, /iconless\(|l10n\.t\(/],
    [/\bview\.(?:message|description) = [^;]{0,20}/g, /= (?:message;?|steady\()/],
  ];
  test("are taken in where the editor would draw more than text", () => {
    const found = sinks.map(([called, safe]) => {
      const calls = editor.flatMap(({ path, code }) => [...code.matchAll(called)].map(([call]) => ({ path, call })));
      assert.notEqual(calls.length, 0, called.source);
      return calls.filter(({ call }) => !safe.test(call));
    });
    assert.deepEqual(found.flat(), []);
  });

  test("begin no label and no detail of a pick, where an icon could stand", () => {
    /** Ours: sentences, icons before what follows, names of services and modes; and types. */
    const ours =
      /^(vscode\.l10n\.t\(|iconless\(|"|`\\?u?2?0?0?3?\$\(|indented\(|profiles\[|icon === undefined \? iconless\(|string\b)/;
    const otherwiseOurs: readonly string[] = [
      // Names that messages say as well: where they become items they are taken in.
      ...["enabling.labelOf(one),", "listenerEnabling.labelOf(listener),"],
      // Sentences that are made elsewhere, and values that are known ones.
      ...[
        "filtersText(listener.filters),",
        "isApplication",
        "viewerConsequence(mode),",
        "detailOf(target) };",
        "label(),",
      ],
      ...[
        "heading, kind: vscode.QuickPickItemKind.Separator }]),",
        "heading, kind: vscode.QuickPickItemKind.Separator },",
      ],
      ...["verdicts.map(({ target, verdict }) => `${profiles[target].na", "client }, { label: store }], {", "region,"],
    ];
    const picking = editor.filter(({ code }) => /editor\/pick\.ts"/.test(code));
    assert.ok(picking.length > 10);
    const texts = picking.flatMap(({ path, code }) =>
      [...code.matchAll(/\b(?:label|detail): ([^\n]{1,60})/g)].map(([, said = ""]) => ({ path, said: said.trim() })),
    );
    assert.ok(texts.length > 20);
    assert.deepEqual(
      texts.filter(({ said }) => !ours.test(said) && !otherwiseOurs.includes(said)),
      [],
    );
  });
});
