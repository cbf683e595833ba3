/**
 * The text of UTF-8 bytes, a byte order mark kept as it is; or the offset of the first byte that belongs to
 * no whole character.
 */
export function decodeUtf8(bytes: Uint8Array): string | { readonly invalidAt: number } {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { invalidAt: firstInvalid(bytes) };
  }
}

/** One sentence on bytes that are no UTF-8, for readers who are no programmers. */
export function notUtf8(offset: number, bytes: Uint8Array): string {
  const [first, second] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const guess = isUtf16 ? ' It looks like UTF-16.' : '';
  return `The file is not valid UTF-8: byte ${offset} fits no character.${guess} Save it again with the encoding UTF-8.`;
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
  return startOfCharacter(bytes, bad - 1);
}

function isGoodBeginning(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Where the character begins whose next byte should have stood at `at`; `at` itself where none was begun. */
function startOfCharacter(bytes: Uint8Array, at: number): number {
  for (let back = 1; back <= 3 && back <= at; back++) {
    const byte = bytes[at - back]!;
    if (byte < 0x80) break;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 0;
    if (length > 0) return length > back ? at - back : at;
  }
  return at;
}
