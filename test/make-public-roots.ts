// Writes src/core/truststore/public-roots.ts from the roots that this Node trusts, which are Mozilla's: `node
// test/make-public-roots.ts`.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { certificatesOf, readBundle } from "../src/core/x509/bundle/bundle.ts";

const rows = certificatesOf(readBundle(rootCertificates.join("\n"))).map(
  ({ certificate: { hash, der } }) =>
    `  ${(hash >>> 0).toString(16).padStart(8, "0").toUpperCase()} ${createHash("sha256").update(der).digest("hex").toUpperCase()}`,
);
if (rows.length !== rootCertificates.length) throw new Error(`${rows.length} of ${rootCertificates.length} were read`);

const text = `// Written by test/make-public-roots.ts.

/** Whose list this is, and when it was taken: roots that came or went since are not known. */
export const publicRootsTaken = { from: "Mozilla, as in Node.js ${process.versions.node}", on: "${new Date().toISOString().slice(0, 10)}" } as const;

/** A root to a line: \`Certificate.hash\` in hex, by which it is found, and its SHA-256, by which it is known. */
export const publicRootLines = \`
${rows.sort().join("\n")}
\`;
`;
writeFileSync(join(import.meta.dirname, "../src/core/truststore/public-roots.ts"), text);
