/** That of package.json, which a bundle should not hold as a whole (`test/manifest.test.ts`). */
export const version = "0.1.0";
