/** The few assertions that the tests use, for a browser, which has no `node:assert`. */
function fail(what: string, actual: unknown, expected: unknown): never {
  throw new Error(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
}

const assert = {
  ok(value: unknown): void {
    if (!value) fail('not true', value, true);
  },
  equal(actual: unknown, expected: unknown): void {
    if (actual !== expected) fail('not equal', actual, expected);
  },
  deepEqual(actual: unknown, expected: unknown): void {
    if (JSON.stringify(actual) !== JSON.stringify(expected)) fail('not equal', actual, expected);
  },
  match(text: string, pattern: RegExp): void {
    if (!pattern.test(text)) fail('does not match', text, String(pattern));
  },
};

export default assert;
