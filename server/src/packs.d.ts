/** The shipped rule packs, which the build puts into the bundle for the browser. */
declare module 'entail:packs' {
  const packs: readonly { readonly path: string; readonly text: string }[];
  export default packs;
}
