import type { Extended } from "../model.ts";
import { ocspUrls as urlsOf } from "../read/authority-access.ts";

export function ocspUrls(holder: Extended & { readonly der: Uint8Array }): readonly string[] {
  return urlsOf(holder);
}
