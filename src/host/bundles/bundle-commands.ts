import * as vscode from "vscode";
import { shownName } from "../../core/messages/content.ts";
import { copyCommandLabel, unquotableText } from "../../core/messages/copied-for.ts";
import { tell } from "../../core/messages/tell.ts";
import { certificateTitle } from "../../core/messages/x509/describe.ts";
import { commandOf, isUnquotable, type Terminal, type Unquotable } from "../../core/shell.ts";
import { mergeBundles, type SplitForAcm, splitForAcm } from "../../core/truststore/split.ts";
import { machine } from "../../platform/node/machine.ts";
import { filesInWorkspace, meantFile, shownFiles } from "../certificates/files.ts";
import { type Side, sideOf } from "../certificates/side-pick.ts";
import { exists, fileName, shellPath } from "../editor/files.ts";
import { pickMany } from "../editor/pick.ts";
import { iconless } from "../editor/plain.ts";
import { ask, confirm, say } from "../editor/say.ts";
import { terminal } from "../editor/terminal.ts";
import type { BundleTools } from "./tools.ts";

// --- split for ACM

interface Part {
  readonly uri: vscode.Uri;
  readonly text: string;
  /** A private key: only the user may read its file. */
  readonly isSecret: boolean;
}

/**
 * *Split for ACM Import*: the certificate, its chain and its key, each in a file of its own beside the one they come
 * from.
 */
export async function splitFile(argument: unknown, tools: BundleTools): Promise<void> {
  const uri = meantFile(argument);
  if (uri === undefined)
    return say(vscode.l10n.t("Open a file with a certificate and its chain first, or select one in the Explorer."));
  const side = await sideOf(uri, tools);
  if (side === undefined) return;
  const split = splitForAcm(side.bundle, { now: new Date(), signatures: tools.signatures.verdicts });
  if ("fault" in split) return say(tell(split.fault), "warning");
  if (uri.scheme === "untitled")
    return say(vscode.l10n.t("Save the file first. The parts are written to the same folder."));
  const part = (name: string, text: string, isSecret = false): Part => ({ uri: partUri(uri, name), text, isSecret });
  const parts = [
    part("certificate", split.leaf),
    ...(split.chain === "" ? [] : [part("chain", split.chain)]),
    ...(split.key === undefined ? [] : [part("key", split.key.text, true)]),
  ];
  const notes = [
    ...(split.key?.isEncrypted === true
      ? [
          vscode.l10n.t(
            "The private key is encrypted, but ACM does not accept encrypted keys. Decrypt the key file before you import it.",
          ),
        ]
      : []),
    ...leftOutNotes(split),
    ...(split.key === undefined
      ? [vscode.l10n.t("The file contains no private key. The import command refers to a key file that you must add.")]
      : []),
  ];
  if (!(await confirmParts(side, parts, notes))) return;
  if (!(await writeParts(parts))) return;
  const shell = terminal();
  const copy = copyCommandLabel(shell);
  const show = vscode.l10n.t("Show Certificate");
  const command = importCommand(uri, parts, shell);
  const names = parts.map((one) => fileName(one.uri)).join(", ");
  const answer = isUnquotable(command)
    ? await ask(
        `${vscode.l10n.t("{0} was split into {1}.", fileName(uri), names)} ${unquotableText(command)}`,
        [show],
        "warning",
      )
    : await ask(
        vscode.l10n.t(
          "{0} was split into {1}. The command imports the certificate into us-east-1, where CloudFront looks for client certificates.",
          fileName(uri),
          names,
        ),
        [copy, show],
      );
  if (answer === copy && !isUnquotable(command)) await vscode.env.clipboard.writeText(command);
  if (answer === show && parts[0] !== undefined) await vscode.window.showTextDocument(parts[0].uri);
}

const mostNamed = 5;

/** What is not of the chain, and whether the chain stops where there should be more of it. */
function leftOutNotes({ leftOut, others, open }: SplitForAcm): string[] {
  if (leftOut.length === 0) return [];
  const names = others.slice(0, mostNamed).map((one) => vscode.l10n.t("“{0}”", certificateTitle(one)));
  const copies = leftOut.length - others.length;
  const more = others.length - names.length;
  return [
    ...(copies === 0 ? [] : [vscode.l10n.t("Duplicates left out: {0}.", copies)]),
    ...(others.length === 0
      ? []
      : [
          vscode.l10n.t(
            "Left out, because they are not part of the chain: {0}.",
            [...names, ...(more === 0 ? [] : [vscode.l10n.t("{0} more", more)])].join(", "),
          ),
        ]),
    ...(open === undefined
      ? []
      : [
          vscode.l10n.t(
            "The chain is incomplete: the CA certificate that issued “{0}” is not in this file.",
            certificateTitle(open),
          ),
        ]),
  ];
}

function partUri(uri: vscode.Uri, part: string): vscode.Uri {
  const name = fileName(uri).replace(/\.[^.]+$/, "");
  return uri.with({ path: `${uri.path.slice(0, uri.path.lastIndexOf("/") + 1)}${name}.${part}.pem` });
}

async function confirmParts({ name }: Side, parts: readonly Part[], notes: readonly string[]): Promise<boolean> {
  const there = (await Promise.all(parts.map(async ({ uri }) => ((await exists(uri)) ? [fileName(uri)] : [])))).flat();
  const names = parts.map(({ uri }) => fileName(uri));
  const key = parts.find(({ isSecret }) => isSecret);
  const isGuarded = key?.uri.scheme === "file" && machine.hasFileModes;
  const secret =
    key === undefined
      ? []
      : [
          isGuarded
            ? vscode.l10n.t(
                "The private key is copied unchanged to a separate file that only you can read. The key is not decoded, so there is no check that it belongs to the certificate. Do not commit this file to Git.",
              )
            : vscode.l10n.t(
                "The private key is copied unchanged to a separate file. Make sure that no other user can read this file. The key is not decoded, so there is no check that it belongs to the certificate. Do not commit this file to Git.",
              ),
        ];
  const lost =
    there.length === 0 ? [] : [vscode.l10n.t("Existing files that will be overwritten: {0}", there.join(", "))];
  const write = there.length === 0 ? vscode.l10n.t("Write Files") : vscode.l10n.t("Overwrite");
  const paragraphs = [...secret, ...notes, ...lost].flatMap((text) => ["", text]);
  return (
    (await confirm(vscode.l10n.t("Split “{0}” for ACM?", shownName(name)), [write], [...names, ...paragraphs])) ===
    write
  );
}

/** @returns whether all of them were written */
async function writeParts(parts: readonly Part[]): Promise<boolean> {
  for (const { uri, text, isSecret } of parts) {
    try {
      if (uri.scheme !== "file") await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
      else await machine.writeFile(uri.fsPath, text, isSecret ? "required" : "none");
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      await say(vscode.l10n.t("Could not write {0}: {1}", fileName(uri), error.message), "error");
      return false;
    }
  }
  return true;
}

/**
 * `fileb://`: version 2 of the CLI takes `file://` for Base64, and prints the whole key where it is none (ACM API
 * reference, ImportCertificate).
 */
function importCommand(uri: vscode.Uri, parts: readonly Part[], shell: Terminal): string | Unquotable {
  const option = (name: string, at: vscode.Uri | undefined): readonly string[] =>
    at === undefined ? [] : [name, `fileb://${shellPath(at)}`];
  const [certificate, ...others] = parts;
  const key = others.find(({ isSecret }) => isSecret)?.uri ?? partUri(uri, "key");
  return commandOf(
    [
      ...["aws", "acm", "import-certificate"],
      ...option("--certificate", certificate?.uri),
      ...option("--private-key", key),
      ...option("--certificate-chain", others.find(({ isSecret }) => !isSecret)?.uri),
      ...["--region", "us-east-1"],
    ],
    shell,
  );
}

// --- merge

/** *Merge Bundles*: the certificates of several files, each once, in a document of its own. */
export async function mergeFiles(first: unknown, selected: unknown, tools: BundleTools): Promise<void> {
  const given = Array.isArray(selected) ? selected.filter((item) => item instanceof vscode.Uri) : [];
  const uris = given.length > 1 ? given : await chooseBundles(first instanceof vscode.Uri ? first : undefined, tools);
  if (uris === undefined) return;
  if (uris.length < 2) return say(vscode.l10n.t("Select two or more files to merge."));
  const sides: Side[] = [];
  for (const uri of uris) {
    const side = await sideOf(uri, tools);
    if (side === undefined) return;
    sides.push(side);
  }
  const merged = mergeBundles(sides);
  const hidden =
    merged.hidden.length === 0
      ? []
      : [
          vscode.l10n.t(
            "Left out, because they are not written as plain PEM lines: {0}.",
            merged.hidden.map(({ name, label }) => vscode.l10n.t("{0} in {1}", label, shownName(name))).join(", "),
          ),
        ];
  if (merged.certificates === 0)
    return say([vscode.l10n.t("None of these files contains a certificate."), ...hidden].join(" "), "warning");
  const document = await vscode.workspace.openTextDocument({ language: "pem", content: merged.text });
  await vscode.window.showTextDocument(document, { preview: false });
  const keys = merged.leftOut.filter(({ label }) => label.includes("PRIVATE KEY")).length;
  const notes = [
    ...(merged.duplicates.length === 0 ? [] : [vscode.l10n.t("Duplicates left out: {0}.", merged.duplicates.length)]),
    ...(keys === 0
      ? []
      : [vscode.l10n.t("Private keys left out, because a trust store must not contain them: {0}.", keys)]),
    ...(merged.leftOut.length === keys
      ? []
      : [vscode.l10n.t("Other PEM blocks left out: {0}.", merged.leftOut.length - keys)]),
    ...hidden,
  ];
  await say(
    [
      merged.certificates === 1
        ? vscode.l10n.t("Merged 1 certificate from {0} files.", sides.length)
        : vscode.l10n.t("Merged {0} certificates from {1} files.", merged.certificates, sides.length),
      ...notes,
    ].join(" "),
  );
}

async function chooseBundles(
  chosen: vscode.Uri | undefined,
  { documents }: BundleTools,
): Promise<readonly vscode.Uri[] | undefined> {
  const uris = [...shownFiles(documents), ...(await filesInWorkspace())];
  const unique = [
    ...new Map([...(chosen === undefined ? [] : [chosen]), ...uris].map((uri) => [uri.toString(), uri])).values(),
  ];
  const items = unique.map((uri) => ({
    label: iconless(fileName(uri)),
    description: vscode.workspace.asRelativePath(uri),
    uri,
    picked: uri.toString() === chosen?.toString(),
  }));
  const picked = await pickMany(items, {
    title: vscode.l10n.t("Merge Bundles"),
    placeHolder: vscode.l10n.t("Select the files to merge"),
    matchOnDescription: true,
  });
  return picked?.map(({ uri }) => uri);
}
