/** 16 bits; 0 for what is missing. */
export function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

/** 24 bits; 0 for what is missing. */
export function triple(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 16) | word(bytes, at + 1);
}
