/**
 * The text of UTF-8 bytes, a byte order mark kept as it is; or the offset of the first byte that fits no
 * character (the length where the last character is cut off).
 */
export function decodeUtf8(bytes: Uint8Array): string | { readonly invalidAt: number } {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { invalidAt: firstInvalid(bytes) };
  }
}

/** Halves the bytes until the shortest beginning that no decoder takes is found. */
function firstInvalid(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1;
    if (isGoodBeginning(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  return bad - 1;
}

function isGoodBeginning(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
