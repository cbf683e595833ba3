import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** The SHA-256 of texts as UTF-8, wherever we run: a browser has no `node:crypto`. */
export class Sha256 {
  readonly #hash = sha256.create();

  update(text: string): this {
    this.#hash.update(utf8ToBytes(text));
    return this;
  }

  /** 64 hexadecimal digits; nothing can be added after it. */
  hex(): string {
    return bytesToHex(this.#hash.digest());
  }
}
