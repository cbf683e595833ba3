/** The names of the shipped rule packs' files, which the build writes down: a browser can not list a folder. */
declare module 'entail:packs' {
  const names: readonly string[];
  export default names;
}
