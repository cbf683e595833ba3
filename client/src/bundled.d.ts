/** The paths of the peptide sample's files, which the build writes down: a browser can not list a folder. */
declare module 'entail:sample' {
  const files: readonly string[];
  export default files;
}
