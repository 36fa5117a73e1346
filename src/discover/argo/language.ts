import { childOf, itemsOf, type Node, type Scalar } from '../../tree/node.ts';
import { scalarValue } from '../../tree/scalar-value.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { fillNames, isResolved } from './fill.ts';
import type { ParameterSet } from './parameters.ts';
import type { Remarks } from './remarks.ts';

/** Fills a Go template: `fillGoTemplate`, which is large, and so is handed in by whoever has templates. */
export type FillGoTemplate = (template: Scalar, set: ParameterSet, isStrict: boolean, remarks: Remarks) => Scalar;

/** Whether there may be sets with Go templates: somebody has to write the word. */
export function mayHaveGoTemplates(workspace: Workspace): boolean {
  return workspace.files().some((path) => {
    if (!/\.(?:ya?ml|json|tpl)$/.test(path)) return false;
    const result = workspace.read(path);
    return result.ok && result.file.text.includes('goTemplate');
  });
}

/** The way in which the templates of a set are written. */
export interface Language {
  /** Go templates, whose parameters are trees; else `{{name}}` with flat names. */
  readonly isGo: boolean;
  /** The text with all that is known filled in; who wrote which stretch stands in its parts. */
  fill(template: Scalar, set: ParameterSet): Scalar;
}

/** The language that the `spec` of a set asks for. Without `fillGoTemplate`, Go templates stay as they are, which is a gap. */
export function languageOf(spec: Node | undefined, remarks: Remarks, fillGoTemplate: FillGoTemplate = leave): Language {
  const goTemplate = childOf(spec, 'goTemplate');
  const isGo = goTemplate?.kind === 'scalar' && scalarValue(goTemplate, 'kubectl').value === true;
  if (!isGo) return { isGo, fill: (template, set) => fillNames(template, set, remarks) };
  const isStrict = itemsOf(spec, 'goTemplateOptions').some((option) => option.kind === 'scalar' && option.text === 'missingkey=error');
  return { isGo, fill: (template, set) => fillGoTemplate(template, set, isStrict, remarks) };
}

function leave(template: Scalar, _set: ParameterSet, _isStrict: boolean, remarks: Remarks): Scalar {
  if (!isResolved(template.text)) remarks.gap('Go templates are not read here', template.origin);
  return template;
}
