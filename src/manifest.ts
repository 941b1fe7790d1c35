/** The names that package.json repeats; `test/manifest.test.ts` compares both ways. Imports nothing. */

export const extensionId = "mtls-workbench.mtls-workbench";

/** The `source` of every diagnostic. */
export const diagnosticSource = "mtls";

/**
 * Languages of documents that may hold a config or a template, and of those that may hold PEM blocks; whether they do
 * is decided by content.
 */
export const configLanguages = ["json", "jsonc", "yaml", "cloudformation"] as const;
export const pemLanguages = ["pem", "plaintext"] as const;
export const languages = [...configLanguages, ...pemLanguages] as const;
/** Languages of documents in whose strings and values PEM blocks are explained, and nothing else is. */
export const embeddedPemLanguages = [
  "dockercompose",
  "terraform",
  "terraform-vars",
  "hcl",
  "opentofu",
  "log",
  "http",
] as const;
/** The same, but documents of these languages do not activate the extension. */
export const moreEmbeddedPemLanguages = [
  "json5",
  "xml",
  "properties",
  "ini",
  "dotenv",
  "shellscript",
  "javascript",
  "typescript",
  "python",
  "go",
  "markdown",
] as const;
/** Where PEM blocks are explained on hover. */
export const hoverLanguages = [...languages, ...embeddedPemLanguages, ...moreEmbeddedPemLanguages] as const;

/** What works on documents, and on distributions where one is meant. */
export const documentCommandIds = [
  "mtls.enableOriginMtls",
  "mtls.disableOriginMtls",
  "mtls.changeClientCertificate",
  "mtls.enableMtls",
  "mtls.disableMtls",
  "mtls.enableViewerMtls",
  "mtls.disableViewerMtls",
  "mtls.fixAll",
  "mtls.checkWorkspace",
  "mtls.copyUpdateCommand",
  "mtls.setPurpose",
  "mtls.inspectCertificate",
  "mtls.inspectClipboard",
  "mtls.compareCertificates",
  "mtls.checkClient",
  "mtls.explainFailure",
  "mtls.splitForAcm",
  "mtls.mergeBundles",
  "mtls.keepTaken",
  "mtls.explainServices",
  "mtls.verifyOrigin",
  "mtls.verifyEndpoint",
  "mtls.suppressFinding",
  "mtls.chooseValue",
  "mtls.configExtracted",
  "mtls.applyReview",
  "mtls.discardReview",
] as const;
/** What shows an AWS account. */
export const resourceCommandIds = [
  "mtls.selectProfile",
  "mtls.refreshResources",
  "mtls.refreshResource",
  "mtls.cancelLoading",
  "mtls.loadMore",
  "mtls.filterResources",
  "mtls.clearFilter",
  "mtls.sortResources",
  "mtls.selectRegions",
  "mtls.copyArn",
  "mtls.copyId",
  "mtls.copyDomainName",
  "mtls.openInConsole",
  "mtls.copyIamPolicy",
  "mtls.goToResource",
  "mtls.mendFailure",
  "mtls.inspectAcmCertificate",
  "mtls.useCertificate",
  "mtls.clearHistory",
] as const;
/** What changes live distributions, and looks at their configs. */
export const liveCommandIds = [
  "mtls.openDistributionConfig",
  "mtls.compareDistributionWithFile",
  "mtls.saveDistributionConfig",
  "mtls.applyToCloudFront",
  "mtls.applyToDistribution",
  "mtls.explainDraft",
  "mtls.undoLiveChange",
  "mtls.continueChange",
  "mtls.openReview",
] as const;
/** What works on an AWS account: loaded when it is first asked for. */
export const accountCommandIds = [...resourceCommandIds, ...liveCommandIds] as const;
export const commandIds = [...documentCommandIds, ...accountCommandIds] as const;
export type DocumentCommandId = (typeof documentCommandIds)[number];
export type ResourceCommandId = (typeof resourceCommandIds)[number];
export type LiveCommandId = (typeof liveCommandIds)[number];
export type AccountCommandId = (typeof accountCommandIds)[number];
export type CommandId = DocumentCommandId | AccountCommandId;

/** Commands that only our own actions call, with arguments: not in the command palette. */
export const internalCommandIds: readonly CommandId[] = [
  "mtls.suppressFinding",
  "mtls.chooseValue",
  "mtls.configExtracted",
  "mtls.refreshResource",
  "mtls.loadMore",
  "mtls.mendFailure",
  "mtls.explainDraft",
  "mtls.continueChange",
];

/** The view of an account's resources. */
export const resourcesView = "mtls.resources";

/** Context values for `when` clauses. */
export const contextKeys = {
  /** The active editor shows a distribution config. */
  isDistributionConfig: "mtls.isDistributionConfig",
  /** The active editor shows a template: what is in it is deployed with its stack. */
  isTemplate: "mtls.isTemplate",
  /** The active editor shows what is for API Gateway or a load balancer. */
  isPayload: "mtls.isPayload",
  /** The active editor shows a document of PEM blocks that is checked. */
  isPemDocument: "mtls.isPemDocument",
  /** There is PEM or a bare certificate somewhere in the active editor's text, be it in a string. */
  hasPem: "mtls.hasPem",
  /** How it stands with AWS: `idle`, `connecting`, `connected`, or the kind of the failure, as in `signed-out`. */
  session: "mtls.session",
  /** A list of the account is being loaded. */
  isLoading: "mtls.loading",
  /** The view shows only what fits a filter. */
  isFiltered: "mtls.filtered",
  /** A change to a distribution can be undone. */
  canUndo: "mtls.canUndo",
  /** Something was changed on this machine, and not forgotten since. */
  hasHistory: "mtls.hasHistory",
  /** The right sides of the diff editors in which a change is reviewed. */
  reviews: "mtls.reviews",
  /** The active editor is a review: a diff editor, or the page of a live change. */
  isReviewActive: "mtls.isReviewActive",
} as const;

/** Settings and their defaults. */
export const settings = {
  "mtls.rules": {},
  "mtls.suppress": [],
  "mtls.codeLens": true,
  "mtls.certificateLens": true,
  "mtls.expiryWarningDays": 30,
  "mtls.proofDays": 7,
  "mtls.purposes": {},
  "mtls.profile": "",
  "mtls.regions": ["us-east-1"],
  "mtls.readOnly": false,
  "mtls.ownerTags": {},
} as const;
export type SettingId = keyof typeof settings;

/** What files of certificates are called: those that are mostly PEM, and those that never are text, or need not be. */
export const textExtensions = [".pem", ".crt", ".cer", ".cert", ".ca-bundle", ".chain", ".csr", ".key"] as const;
export const binaryExtensions = [".der", ".p7b", ".p7c", ".p12", ".pfx"] as const;

/** View types of the inspector: offered for a text, the first choice for what is none. */
export const customEditors = {
  certificates: "mtls.certificates",
  binaryCertificates: "mtls.binaryCertificates",
} as const;
/** View type of the inspector as a panel: of a text file, a selection, the clipboard. */
export const inspectionView = "mtls.inspection";

/** View type of the page of a live change. */
export const reviewView = "mtls.review";

/** Language of the texts that are only read, and the folder that makes them so. */
export const reportLanguage = "mtls-report";

/** Scheme of the documents a preview shows. */
export const previewScheme = "mtls-preview";

/** Scheme of the drafts of distribution configs: written by saving, sent by nothing but *Apply to CloudFront*. */
export const draftScheme = "mtls-draft";
