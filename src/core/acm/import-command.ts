import { commandOf, type Terminal, type Unquotable } from "../shell.ts";

/** The files that ACM imports a certificate from. */
export interface ImportedFiles {
  readonly certificate: string;
  readonly chain: string | undefined;
  readonly key: string;
}

/**
 * The command that imports them where CloudFront looks for client certificates.
 *
 * `fileb://`: version 2 of the CLI takes `file://` for Base64, and prints the whole key where it is none (ACM API
 * reference, ImportCertificate).
 */
export function importCommand({ certificate, chain, key }: ImportedFiles, terminal: Terminal): string | Unquotable {
  return commandOf(
    [
      ...["aws", "acm", "import-certificate"],
      ...["--certificate", `fileb://${certificate}`],
      ...["--private-key", `fileb://${key}`],
      ...(chain === undefined ? [] : ["--certificate-chain", `fileb://${chain}`]),
      ...["--region", "us-east-1"],
    ],
    terminal,
  );
}
