/** The name of a values file, taken apart: `tempo-values-prod.yaml` has `tempo` before the word, and `prod` after it. */
export interface ValuesName {
  readonly before: string;
  readonly after: string;
  /** Encrypted, or kept apart for what it holds: it goes with another file of the same environment. */
  readonly isSecret: boolean;
}

const VALUES = /^(?:(.+?)[-_.])?values(?:[-_.](.+?))?\.(?:ya?ml|json)(?:\.gotmpl)?$/i;
const YAML = /^(.+?)\.(?:ya?ml|json)(?:\.gotmpl)?$/i;
const SECRET_WORD = /(?:^|[-_.])(?:enc|encrypted|sops|dec|secrets?)(?=[-_.]|$)/gi;
/** Words that say what kind of values these are, not whose. */
const NOISE = /^(?:helm|charts?|app|application|my|default)$/i;

function withoutSecret(text: string): { readonly text: string; readonly isSecret: boolean } {
  const rest = text.replaceAll(SECRET_WORD, '').replace(/^[-_.]/, '');
  return { text: rest, isSecret: rest !== text };
}

/** Reads the name of a values file; undefined when it is none. */
export function readValuesName(name: string): ValuesName | undefined {
  const match = VALUES.exec(name);
  if (!match) return undefined;
  const before = withoutSecret(match[1] ?? '');
  const after = withoutSecret(match[2] ?? '');
  return { before: NOISE.test(before.text) ? '' : before.text, after: after.text, isSecret: before.isSecret || after.isSecret };
}

/** What a file of YAML is called without its ending and without the words for secrets; undefined when it is another kind of file. */
export function readBareName(name: string): { readonly text: string; readonly isSecret: boolean } | undefined {
  if (NOT_BARE.test(name)) return undefined;
  const text = YAML.exec(name)?.[1];
  return text === undefined ? undefined : withoutSecret(text);
}

/** Files that tools know by their names. */
const NOT_BARE =
  /^(?:chart|kustomization|kustomizeconfig|fleet|helmfile|skaffold|requirements|package|tsconfig|jsconfig|renovate|mkdocs|openapi|swagger|docker-compose|compose|catalog-info|values)(?:[-_.].*)?\.(?:ya?ml|json)(?:\.gotmpl)?$/i;

/** What the name of a file with settings says: `versions-prod.json` has `prod`, and `versions` for what they are. */
export interface SettingsName {
  readonly text: string;
  /** What is the same in the names beside it. */
  readonly pattern: string;
}

/** What people call settings that no chart takes as values. */
const STEM = 'configs?|configuration|settings?|versions?|params|parameters|vars|variables|env|environment|image-tags?|images|tags';
const ENDING = '(json|ya?ml|toml|env|properties)';
const STEM_FIRST = new RegExp(`^(${STEM})[-_.](.+)\\.${ENDING}$`, 'i');
const STEM_LAST = new RegExp(`^(.+?)[-_.](${STEM})\\.${ENDING}$`, 'i');
const DOT_ENV = /^\.env[-_.](.+)$/;
const PLAIN = /^([^.].*)\.(env|properties)$/i;
/** Settings that frameworks read from the sources of an application. */
const OF_APPLICATIONS =
  /^(?:application|bootstrap|appsettings|log4j2?|logback|logging|messages|gradle|gradle-wrapper|sonar-project|build|project|junit|hibernate)(?:$|[-_.])/i;

/** Reads the name of a settings file that says itself what it is; undefined when it does not. */
export function readSettingsName(name: string): SettingsName | undefined {
  if (OF_APPLICATIONS.test(name)) return undefined;
  const dotted = DOT_ENV.exec(name);
  if (dotted) return { text: dotted[1] ?? '', pattern: '.env.*' };
  const first = STEM_FIRST.exec(name);
  if (first) return { text: first[2] ?? '', pattern: `${first[1]}-*.${first[3]}` };
  const last = STEM_LAST.exec(name);
  if (last) return { text: last[1] ?? '', pattern: `*-${last[2]}.${last[3]}` };
  const plain = PLAIN.exec(name);
  return plain ? { text: plain[1] ?? '', pattern: `*.${plain[2]}` } : undefined;
}
