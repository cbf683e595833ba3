/** Entry of the tests for an extension host in a browser. */
import 'mocha/mocha';

export async function run(): Promise<void> {
  mocha.setup({ ui: 'bdd', timeout: 30_000, reporter: undefined as never });
  await import('./everywhere.test.js');
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', ({ title }) => console.log(`  ✔ ${title}`));
    runner.on('fail', ({ title }, error) => console.log(`  ✘ ${title}: ${error}`));
  });
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}
