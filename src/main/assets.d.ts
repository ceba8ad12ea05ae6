/** A file that the build puts beside the program; its import is the path there. */
declare module '*.png?asset' {
  const path: string;
  export default path;
}
