import type { GoFunction } from '../value.ts';
import { CASES } from './cases.ts';
import { CRYPTO } from './crypto.ts';
import { DATES } from './dates.ts';
import { ENCODING } from './encoding.ts';
import { flow } from './flow.ts';
import { JSON_FUNCTIONS } from './json.ts';
import { LISTS } from './lists.ts';
import { MAPS } from './maps.ts';
import { NUMBERS } from './numbers.ts';
import { PATHS } from './paths.ts';
import { RANDOM } from './random.ts';
import { REFLECTION } from './reflection.ts';
import { REGEX } from './regex.ts';
import { SEMVER } from './semver.ts';
import { compile, type Family } from './signature.ts';
import { STRINGS } from './strings.ts';
import { TOML } from './toml.ts';
import { URLS } from './urls.ts';
import { WRAPPING } from './wrapping.ts';
import { YAML } from './yaml.ts';

const FAMILIES: readonly Family[] = [
  STRINGS,
  CASES,
  WRAPPING,
  NUMBERS,
  LISTS,
  MAPS,
  REFLECTION,
  ENCODING,
  RANDOM,
  CRYPTO,
  DATES,
  SEMVER,
  REGEX,
  PATHS,
  URLS,
  YAML,
  JSON_FUNCTIONS,
  TOML,
];

/**
 * All functions that charts can call besides Go's own: Sprig's without `env` and `expandenv`, and Helm's. Not strict is
 * Helm's lint mode, in which `required` and `fail` let everything pass.
 */
export function helmFunctions({ isStrict = true }: { readonly isStrict?: boolean } = {}): ReadonlyMap<string, GoFunction> {
  const definitions = [...FAMILIES, flow(isStrict)].flatMap((family) => Object.entries(family));
  return new Map(definitions.map(([name, definition]) => [name, compile(name, definition)]));
}

/** The functions as `helm template` has them. */
export const HELM_FUNCTIONS: ReadonlyMap<string, GoFunction> = helmFunctions();
