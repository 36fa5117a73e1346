/** Whether a text is a commit of git, or how one is shortened. A number of seven digits is more often a build. */
export function isCommit(text: string): boolean {
  return /^(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,40}$|^[0-9a-f]{40}$/.test(text);
}
