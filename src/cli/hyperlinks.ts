/**
 * Whether a terminal makes links of what is marked as one (OSC 8). That of VS Code finds `path:line:column` by itself, and opens it at its line,
 * which a link to a file would not.
 */
export function hasHyperlinks(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  const { FORCE_HYPERLINK: forced, TERM_PROGRAM: program = '', TERM: term = '', VTE_VERSION: vte = '0' } = env;
  if (forced !== undefined) return forced !== '0';
  if (!isTerminal || env['CI'] !== undefined || term === 'dumb' || env['TMUX'] !== undefined) return false;
  return (
    ['iTerm.app', 'WezTerm', 'ghostty', 'Hyper'].includes(program) ||
    term === 'xterm-kitty' ||
    Number(vte) >= 5000 ||
    env['WT_SESSION'] !== undefined ||
    env['KONSOLE_VERSION'] !== undefined
  );
}
