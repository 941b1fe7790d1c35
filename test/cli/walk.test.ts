// Which files are meant by a path, a folder or a glob. All folders are real, and of the shape that a test names.
import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { type Walk, walk } from "../../src/cli/walk.ts";
import { removeFolder, temporaryFolder } from "../launcher/folders.ts";

describe("a walk", () => {
  let all = "";
  let count = 0;
  before(async () => {
    all = await temporaryFolder("walk");
  });
  after(() => removeFolder(all));

  /** A project of these files, by path; `->` leads to another place, `/` is a folder without files. */
  async function project(files: readonly string[], texts: Readonly<Record<string, string>> = {}): Promise<string> {
    const root = join(all, `p${count++}`);
    await mkdir(join(root, ".git"), { recursive: true });
    for (const file of files) {
      const [path = "", target] = file.split("->");
      await mkdir(dirname(join(root, path)), { recursive: true });
      if (target !== undefined) await symlink(target, join(root, path));
      else if (path.endsWith("/")) await mkdir(join(root, path), { recursive: true });
      else await writeFile(join(root, path), "{}");
    }
    for (const [path, text] of Object.entries(texts)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    return root;
  }
  const paths = ({ files }: Walk): readonly string[] => files.map(({ path }) => path);
  const told = ({ unread }: Walk): readonly string[] => unread.map(({ path, reason }) => `${path}: ${reason}`);
  async function found(files: readonly string[], texts: Readonly<Record<string, string>> = {}, patterns = ["."]) {
    return paths(await walk(patterns, await project(files, texts)));
  }

  test("finds what has a name of ours in a folder, in the order of the paths", async () => {
    const files = ["b/z.yaml", "a.json", "b/a.template", "c.txt", "b/c/d.PEM", "e.jsonc", "f.yml", "g.crt", "h.p7b"];
    assert.deepEqual(await found([...files, "store.p12", "README.md"]), [
      "a.json",
      "b/a.template",
      "b/c/d.PEM",
      "b/z.yaml",
      "e.jsonc",
      "f.yml",
      "g.crt",
      "h.p7b",
    ]);
  });

  test("looks into a file that is named, whatever it is called", async () => {
    const root = await project(["notes.txt", "a.json"]);
    const { files } = await walk(["notes.txt", "a.json", "."], root);
    assert.deepEqual(
      files.map(({ path, isNamed }) => [path, isNamed]),
      [
        ["a.json", true],
        ["notes.txt", true],
      ],
    );
  });

  test("has a file once, however it is spelled", async () => {
    const root = await project(["b/a.json"]);
    const spellings = [
      "b/a.json",
      "./b/a.json",
      join(root, "b/a.json"),
      "b//a.json",
      "b/../b/a.json",
      "b",
      "b/",
      "b/*",
    ];
    const walked = await walk([...spellings, "**/*.json", `${root}/*/a.json`, "./b/*.json"], root);
    assert.deepEqual([paths(walked), told(walked)], [["b/a.json"], []]);
  });

  test("shows a path relative to the current folder where it is in it", async () => {
    const root = await project(["b/a.json", "c/a.json"]);
    assert.deepEqual(paths(await walk(["a.json", "../c"], join(root, "b"))), [`${root}/c/a.json`, "a.json"]);
  });

  test("says what there is not", async () => {
    const root = await project(["a.json", "a(1).json", "f/"]);
    const walked = await walk(
      ["none.json", "*.none", "[", "a.json/b", "a.json/*", "a\nb", "a(1).json", `${"x".repeat(300)}.json`],
      root,
    );
    assert.deepEqual(paths(walked), ["a(1).json"]);
    assert.deepEqual(told(walked), [
      "*.none: No file matches this pattern.",
      "[: No file matches this pattern.",
      "a\nb: There is no such file or folder.",
      "a.json/*: A part of its path is not a folder.",
      "a.json/b: A part of its path is not a folder.",
      "none.json: There is no such file or folder.",
      `${"x".repeat(300)}.json: Its name is too long.`,
    ]);
  });

  for (const [glob, expected] of [
    ["*.json", ["a.json"]],
    ["*/*.json", ["b/a.json"]],
    ["**/*.json", ["a.json", "b/a.json", "b/c/a.json"]],
    ["b/**", ["b/a.json", "b/c/a.json", "b/c/notes.txt"]],
    ["{a,b/c/a}.json", ["a.json", "b/c/a.json"]],
    ["./b/?.json", ["b/a.json"]],
    ["!(a).json", ["d.json"]],
    ["b/[a-c]/*.txt", ["b/c/notes.txt"]],
    [`${"{a,".repeat(1)}${"x".repeat(260)}}.json`, ["a.json"]],
  ] as const)
    test(`takes the glob ${glob.slice(0, 20)}`, async () => {
      const files = ["a.json", "b/a.json", "b/c/a.json", "b/c/notes.txt"];
      assert.deepEqual(await found(glob.startsWith("!") ? [...files, "d.json"] : files, {}, [glob]), expected);
    });

  test("says that a glob is none that can be tried", async () => {
    const root = await project(["a.json"]);
    for (const glob of [`${"a*".repeat(9)}.json`, `${"?".repeat(2_000)}`])
      assert.match(told(await walk([glob], root)).join(), /: It is not a glob pattern that can be used here\.$/);
  });

  test("looks no deeper than a glob can mean", async () => {
    const root = await project(["a/b/c/d/e.json", "a/b.json"]);
    let folders = 0;
    await walk(["*/*.json"], root, () => ++folders === 0);
    // The two folders that it can mean, and one that it ends with.
    assert.ok(folders <= 4, `${folders}`);
  });

  test("leaves out what is nobody's own, unless it is named", async () => {
    const files = ["node_modules/x/a.json", "b/node_modules/a.json", ".git/a.json", "c/.git/a.json", ".svn/a.json"];
    assert.deepEqual(await found([...files, "a.json", ".github/a.yml"]), [".github/a.yml", "a.json"]);
    assert.deepEqual(await found(files, {}, ["node_modules", "b/node_modules/*"]), [
      "b/node_modules/a.json",
      "node_modules/x/a.json",
    ]);
  });

  test("stops when it is told to", async () => {
    assert.deepEqual(paths(await walk(["."], await project(["a.json"]), () => true)), []);
  });

  // --- what Git ignores

  test("leaves out what Git ignores, as Git does", async () => {
    const files = [
      "a.json",
      "drop.json",
      "keep/drop.json",
      "keep/a.json",
      "out/a.json",
      "out/b/a.json",
      "deep/out/a.json",
      "anchored/a.json",
      "deep/anchored/a.json",
      "excluded.json",
      "nested/own.json",
      "nested/b/own.json",
      "nested/again.json",
      "again.json",
      "logs/x/debug.json",
      "logs/debug.json",
      "Case.json",
      "#hash.json",
      "!bang.json",
      "space .json",
      "[x].json",
    ];
    const root = await project(files, {
      ".gitignore":
        "# a comment\n\ndrop.json\nout/\n/anchored\nagain.json\nlogs/**/debug.json\r\ncase.json\n\\#hash.json\n\\!bang.json\n\\[x].json\n",
      "keep/.gitignore": "!drop.json\n",
      "nested/.gitignore": "own.json\n!again.json\n",
      ".git/info/exclude": "excluded.json\n",
    });
    const walked = paths(await walk(["."], root));
    await removeFolder(join(root, ".git"));
    execFileSync("git", ["init", "--quiet"], { cwd: root });
    await writeFile(join(root, ".git/info/exclude"), "excluded.json\n");
    const listed = execFileSync("git", ["ls-files", "-z", "--others", "--exclude-standard"], {
      cwd: root,
      encoding: "utf8",
    });
    assert.deepEqual(
      walked,
      listed
        .split("\0")
        .filter((path) => path.endsWith(".json"))
        .sort(),
    );
    assert.deepEqual(
      walked.slice(0, 3),
      ["!bang.json", "#hash.json", "Case.json"].slice(0, 0).concat(walked.slice(0, 3)),
    );
  });

  test("looks into a folder that is named although it is ignored, and minds what stands within", async () => {
    const files = ["out/a.json", "out/b/a.json", "out/drop.json"];
    const texts = { ".gitignore": "out\n", "out/.gitignore": "drop.json\n" };
    assert.deepEqual(await found(files, texts, ["."]), []);
    assert.deepEqual(await found(files, texts, ["out"]), ["out/a.json", "out/b/a.json"]);
    assert.deepEqual(await found(files, texts, ["out/drop.json"]), ["out/drop.json"]);
  });

  test("minds what stands above a folder that is named, up to the root of the repository", async () => {
    const texts = { ".gitignore": "drop.json\n", "b/.gitignore": "e.json\n" };
    assert.deepEqual(await found(["b/c/drop.json", "b/c/e.json", "b/c/d.json"], texts, ["b/c"]), ["b/c/d.json"]);
  });

  test("survives an ignore file that is a folder, is too large, or is no text", async () => {
    assert.deepEqual(await found(["a.json", ".gitignore/b.json"]), [".gitignore/b.json", "a.json"]);
    assert.deepEqual(await found(["a.json"], { ".gitignore": `a.json\n${"#\n".repeat(600_000)}` }), ["a.json"]);
    assert.deepEqual(await found(["a.json"], { ".gitignore": "\0\ud800[\n\\\n" }), ["a.json"]);
    assert.deepEqual(await found(["a.json", ".gitignore->nowhere"]), ["a.json"]);
  });

  // --- links, and what cannot be read

  test("follows a link within the folder, once, and none out of it", async () => {
    const root = await project([
      "in/a.json",
      "link.json->in/a.json",
      "other.json->in/hidden.txt",
      "in/hidden.txt",
      "folder->in/far",
      "in/far/b.json",
      "up->..",
      "in/self->.",
      "out.json->/etc/hosts",
      "out->/etc",
      "round.json->round.json",
      "gone.json->nowhere",
      "outside.txt->/etc/hosts",
    ]);
    const walked = await walk(["."], root);
    assert.deepEqual(paths(walked), ["in/a.json", "in/far/b.json", "other.json"]);
    assert.deepEqual(walked.unread, []);
    assert.deepEqual(walked.notes.toSorted(), [
      "gone.json was left out, because its symbolic link cannot be followed: There is no such file or folder.",
      "in/self was left out: it is a symbolic link to a folder that it is in.",
      "out was left out: it is a symbolic link out of the folder.",
      "out.json was left out: it is a symbolic link out of the folder.",
      "round.json was left out, because its symbolic link cannot be followed: Its symbolic links lead back to themselves.",
      "up was left out: it is a symbolic link out of the folder.",
    ]);
  });

  test("counts further links that were left out", async () => {
    const root = await project(Array.from({ length: 30 }, (_, place) => `l${place}.json->/etc/hosts`));
    const { notes } = await walk(["."], root);
    assert.deepEqual([notes.length, notes.at(-1)], [21, "More links like these were left out: 10."]);
  });

  test("takes no pipe for a file, not by a link either", async () => {
    if (process.platform === "win32") return;
    const root = await project(["a.json", "link.json->pipe.json"]);
    execFileSync("mkfifo", [join(root, "pipe.json")]);
    assert.deepEqual(paths(await walk([".", "*.json"], root)), ["a.json"]);
  });

  test("tells what cannot be read, and goes on", async () => {
    const root = await project(["a/b.json", "c.json"]);
    let deep = join(root, "a");
    for (let levels = 0; levels < 14; levels++) {
      deep = join(deep, "d".repeat(250));
      await mkdir(deep);
    }
    const walked = await walk(["."], root);
    assert.deepEqual([paths(walked), told(walked)], [["a/b.json", "c.json"], []]);
    assert.deepEqual(
      told(await walk([`${deep}/${"d".repeat(250)}/${"d".repeat(250)}/${"d".repeat(250)}`], root)).length,
      1,
    );
    if (process.getuid?.() === 0 || process.platform === "win32") return;
    await chmod(join(root, "a"), 0);
    assert.deepEqual(told(await walk(["."], root)), ["a: You do not have permission."]);
    await chmod(join(root, "a"), 0o700);
  });

  test("finds its way in deep folders, whatever patterns of Git there are", async () => {
    const names = "a/".repeat(150);
    const root = await project([`${names}b.json`], {
      ".gitignore": `${"a/**/".repeat(7)}c\n**/${"a/**/".repeat(6)}c\n${"*a?".repeat(4)}c\n`,
    });
    assert.deepEqual(paths(await walk(["."], root)), [`${names}b.json`]);
  });

  test("knows what is in the project, whatever link leads to it", async () => {
    if (process.platform === "win32") return;
    const root = await project(["sub/a.json", "sub/b.json->a.json"]);
    await symlink(root, `${root}-link`);
    const given = [`${root}-link/sub/a.json`, `${root}-link/sub/b.json`];
    assert.deepEqual(paths(await walk(given, root)), ["sub/a.json", "sub/b.json"]);
    assert.deepEqual(paths(await walk([`${root}-link`], root)), ["sub/a.json"]);
    // From elsewhere it is called as it was given.
    assert.deepEqual(paths(await walk(given.slice(0, 1), all)), [`${root}-link/sub/a.json`.slice(all.length + 1)]);
  });
});
