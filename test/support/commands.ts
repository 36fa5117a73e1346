/** The lines of an output that some build server takes for commands. Each breaks lines and looks for them in its own way. */
export function commandsIn(output: string): string[] {
  // GitHub's after any blanks, its older form and those of Azure and TeamCity wherever they stand.
  return output.split(/\r\n|\r|\n/).filter((line) => /^[\s\u0085]*::|##(?:vso|teamcity)?\[/i.test(line));
}
