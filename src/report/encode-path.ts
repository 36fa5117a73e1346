/** A path as part of an address, such as one that Markdown or a terminal makes a link of. */
export function encodePath(path: string): string {
  const steps = path.replaceAll(/\p{Surrogate}/gu, '\uFFFD').split('/');
  return steps.map(encodeURIComponent).join('/').replaceAll('(', '%28').replaceAll(')', '%29');
}
