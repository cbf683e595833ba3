import type { Report } from '../workspace/report.js';

/**
 * A report as JSON, in pieces: a change or a finding a line, so that the largest report never is one string,
 * and two reports compare line by line.
 */
export function* jsonReport(report: Report): Generator<string> {
  yield '{\n';
  const entries = Object.entries(report);
  for (const [index, [key, value]] of entries.entries()) {
    const comma = index < entries.length - 1 ? ',' : '';
    if (Array.isArray(value) && value.length > 0) {
      yield `  ${JSON.stringify(key)}: [\n`;
      for (const [at, item] of value.entries())
        yield `    ${JSON.stringify(item)}${at < value.length - 1 ? ',' : ''}\n`;
      yield `  ]${comma}\n`;
    } else yield `  ${JSON.stringify(key)}: ${JSON.stringify(value)}${comma}\n`;
  }
  yield '}\n';
}
