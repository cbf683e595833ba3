/** Entry of the tests for every extension host, in Node and in a browser. */
import mocha from 'mocha/mocha.js';

/** Runs the tests and writes a line for each; a window has a log, and no terminal for mocha's own reporters. */
export async function run(): Promise<void> {
  // It looks for its options in the page's address; an extension host in Node has none.
  const own: { location?: object } = globalThis;
  own.location ??= { search: '' };
  mocha.setup({ ui: 'bdd', timeout: 30_000, reporter: Silent });
  await import('./everywhere.test.js');
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', ({ title }) => console.log(`  ✔ ${title}`));
    runner.on('fail', ({ title }, error) => console.log(`  ✘ ${title}: ${error.stack ?? error.message}`));
  });
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}

class Silent {}
