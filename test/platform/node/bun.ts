import { createRequire } from "node:module";

/** Optional: about 90 MB, for few tests. */
export function packageOfBun(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  return `@oven/bun-${system}-${process.arch === "arm64" ? "aarch64" : process.arch}`;
}

/** Another runtime than Node, with BoringSSL as Electron has it. */
export function findBun(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(
      `${packageOfBun()}/bin/${process.platform === "win32" ? "bun.exe" : "bun"}`,
    );
  } catch {
    return undefined;
  }
}
