/** The names that package.json repeats; `test/manifest.test.ts` compares both ways. Imports nothing. */

export const extensionId = "mtls-workbench.mtls-workbench";

/** The `source` of every diagnostic. */
export const diagnosticSource = "mtls";

/** Languages of documents that may hold a distribution config, and of those that may hold PEM blocks; whether they do is decided by content. */
export const configLanguages = ["json", "jsonc"] as const;
export const pemLanguages = ["pem", "plaintext"] as const;
export const languages = [...configLanguages, ...pemLanguages] as const;
/** Languages of documents in whose strings PEM blocks are explained, and nothing else is. */
export const embeddedPemLanguages = ["yaml", "dockercompose", "terraform", "terraform-vars", "hcl", "opentofu"] as const;
/** The same, but for them nobody is woken up. */
export const moreEmbeddedPemLanguages = ["json5", "properties", "ini", "dotenv", "shellscript", "javascript", "typescript", "python", "go", "markdown"] as const;
/** Where PEM blocks are explained on hover. */
export const hoverLanguages = [...languages, ...embeddedPemLanguages, ...moreEmbeddedPemLanguages] as const;

export const commandIds = [
  "mtls.enableOriginMtls",
  "mtls.disableOriginMtls",
  "mtls.changeClientCertificate",
  "mtls.fixAll",
  "mtls.checkWorkspace",
  "mtls.copyUpdateCommand",
  "mtls.setPurpose",
  "mtls.inspectCertificate",
  "mtls.inspectClipboard",
  "mtls.compareCertificates",
  "mtls.suppressFinding",
  "mtls.configExtracted",
] as const;
export type CommandId = (typeof commandIds)[number];

/** Commands that only our own actions call, with arguments: not in the command palette. */
export const internalCommandIds: readonly CommandId[] = ["mtls.suppressFinding", "mtls.configExtracted"];

/** Context values for `when` clauses. */
export const contextKeys = {
  /** The active editor shows a distribution config. */
  isDistributionConfig: "mtls.isDistributionConfig",
  /** The active editor shows a document of PEM blocks that is checked. */
  isPemDocument: "mtls.isPemDocument",
  /** There is PEM somewhere in the active editor's text, be it in a string. */
  hasPem: "mtls.hasPem",
} as const;

/** Settings and their defaults. */
export const settings = {
  "mtls.rules": {},
  "mtls.suppress": [],
  "mtls.codeLens": true,
  "mtls.expiryWarningDays": 30,
  "mtls.purposes": {},
} as const;
export type SettingId = keyof typeof settings;

/** What files of certificates are called: those that are mostly PEM, and those that never are text, or need not be. */
export const textExtensions = [".pem", ".crt", ".cer", ".cert", ".ca-bundle", ".chain", ".csr", ".key"] as const;
export const binaryExtensions = [".der", ".p7b", ".p7c", ".p12", ".pfx"] as const;

/** View types of the inspector: offered for a text, the first choice for what is none. */
export const customEditors = { certificates: "mtls.certificates", binaryCertificates: "mtls.binaryCertificates" } as const;
/** View type of the inspector for what is no file: a selection, the clipboard. */
export const inspectionView = "mtls.inspection";

/** Scheme of the documents a preview shows. */
export const previewScheme = "mtls-preview";
