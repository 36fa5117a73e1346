import type { GoFunction } from '../value.ts';
import { CASES } from './cases.ts';
import { CRYPTO } from './crypto.ts';
import { DATES } from './dates.ts';
import { ENCODING } from './encoding.ts';
import { FLOW } from './flow.ts';
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
  FLOW,
];

/** All functions that charts can call besides Go's own, as `helm template` has them: Sprig's without `env` and `expandenv`, and Helm's. */
export const HELM_FUNCTIONS: ReadonlyMap<string, GoFunction> = new Map(
  FAMILIES.flatMap((family) => Object.entries(family)).map(([name, definition]) => [name, compile(name, definition)]),
);
