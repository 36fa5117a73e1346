import type { Kind } from './case.ts';
import { DEPLOYERS } from './defects/deployers.ts';
import { DRIFT } from './defects/drift.ts';
import { IMAGES } from './defects/images.ts';
import { KUSTOMIZE } from './defects/kustomize.ts';
import { PARITY } from './defects/parity.ts';
import { REFERENCES } from './defects/references.ts';
import { VALUES } from './defects/values.ts';
import { YAML } from './defects/yaml.ts';
import { HARMLESS_DRIFT } from './harmless/drift.ts';
import { HARMLESS_KUSTOMIZE } from './harmless/kustomize.ts';
import { HARMLESS_DEPLOYERS, HARMLESS_IMAGES, HARMLESS_REFERENCES, HARMLESS_VALUES, HARMLESS_YAML } from './harmless/others.ts';
import { HARMLESS_PARITY } from './harmless/parity.ts';

/** Every kind of mistake that is planted. */
export const DEFECTS: readonly Kind[] = [...PARITY, ...DRIFT, ...KUSTOMIZE, ...REFERENCES, ...IMAGES, ...VALUES, ...DEPLOYERS, ...YAML];

/** Changes of the same shapes that nobody should be told of. */
export const HARMLESS: readonly Kind[] = [
  ...HARMLESS_PARITY,
  ...HARMLESS_DRIFT,
  ...HARMLESS_KUSTOMIZE,
  ...HARMLESS_REFERENCES,
  ...HARMLESS_IMAGES,
  ...HARMLESS_VALUES,
  ...HARMLESS_DEPLOYERS,
  ...HARMLESS_YAML,
];
