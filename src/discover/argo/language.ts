import { childOf, itemsOf, type Node, type Scalar } from '../../tree/node.ts';
import { scalarValue } from '../../tree/scalar-value.ts';
import { fillNames } from './fill.ts';
import { fillGoTemplate } from './go-template/fill.ts';
import type { ParameterSet } from './parameters.ts';
import type { Remarks } from './remarks.ts';

/** The way in which the templates of a set are written. */
export interface Language {
  /** Go templates, whose parameters are trees; else `{{name}}` with flat names. */
  readonly isGo: boolean;
  /** The text with all that is known filled in; who wrote which stretch stands in its parts. */
  fill(template: Scalar, set: ParameterSet): Scalar;
}

/** The language that the `spec` of a set asks for. */
export function languageOf(spec: Node | undefined, remarks: Remarks): Language {
  const goTemplate = childOf(spec, 'goTemplate');
  const isGo = goTemplate?.kind === 'scalar' && scalarValue(goTemplate, 'kubectl').value === true;
  if (!isGo) return { isGo, fill: (template, set) => fillNames(template, set, remarks) };
  const isStrict = itemsOf(spec, 'goTemplateOptions').some((option) => option.kind === 'scalar' && option.text === 'missingkey=error');
  return { isGo, fill: (template, set) => fillGoTemplate(template, set, isStrict, remarks) };
}
