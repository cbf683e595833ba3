/** Mocha's build for browsers, which serves everywhere; the package declares only the other one. */
declare module 'mocha/mocha.js' {
  interface Runner {
    on(event: 'pass', listener: (test: { readonly title: string }) => void): unknown;
    on(event: 'fail', listener: (test: { readonly title: string }, error: Error) => void): unknown;
  }
  const mocha: { setup(options: object): void; run(done: (failures: number) => void): Runner };
  export default mocha;
}
