import { type Bundle, contentsInside } from "../x509/bundle/bundle.ts";
import { type Certificate, isCertificateAuthority } from "../x509/model.ts";

// Which certificates of a file take part when a client is checked against a trust store.

/** All in the file, those within PKCS#7 too. */
export function certificatesIn({ pieces }: Bundle): Certificate[] {
  return pieces.flatMap((piece) =>
    [piece.content, ...contentsInside(piece)].flatMap((content) =>
      content.kind === "certificate" ? [content.certificate] : [],
    ),
  );
}

/** Those that may be the client: that are no CAs, or all where there are only CAs. */
export function clientsAmong(all: readonly Certificate[]): readonly Certificate[] {
  const leaves = all.filter((certificate) => !isCertificateAuthority(certificate));
  return leaves.length > 0 ? leaves : all;
}
