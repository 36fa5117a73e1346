import { childOf, itemsOf, type Mapping, type Node, type Scalar } from '../../tree/node.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { filledTree } from './fill.ts';
import { withLines } from './filled-yaml.ts';
import { MAX_SETS } from './generators/generator.ts';
import { generated } from './generators/read.ts';
import { type FillGoTemplate, type Language, languageOf } from './language.ts';
import { flatParameters, type ParameterSet, plainNames } from './parameters.ts';
import { gatherRemarks, type Remark, type Remarks } from './remarks.ts';
import { overTemplate } from './template.ts';
import { withPatch } from './template-patch.ts';

/** An Application that an ApplicationSet makes. */
export interface MadeApplication {
  /**
   * The template of the set with parameters filled in, template patch applied: a mapping like an Application's, with
   * `metadata` and `spec`. What is not known stands in its texts as it was written, see `isResolved`; the parts of a
   * text tell which parameter wrote what.
   */
  readonly application: Mapping;
  /** By flat names such as `values.environment`, `path.basename`, `path[1]`, in any language of templates. */
  readonly parameters: ReadonlyMap<string, Scalar>;
  /** Which clusters there are is not known: this stands for any other one that the generator selects. */
  readonly isOpen: boolean;
  /** Made only if there is a cluster that the set has something to say of: it may as well be that of another installation. */
  readonly isConditional: boolean;
  /** Made for a pull request, and gone with it. */
  readonly isEphemeral: boolean;
}

/** What an ApplicationSet makes, as far as the repository tells. */
export interface ApplicationSetReading {
  readonly made: readonly MadeApplication[];
  /** What could not be looked into. */
  readonly gaps: readonly Remark[];
  /** What Argo CD refuses. */
  readonly problems: readonly Remark[];
  /** Patterns of git generators that match nothing in the repository. */
  readonly unmatched: readonly Node[];
}

/**
 * Resolves an ApplicationSet as far as its manifest and the repository tell. `isHere` says whether a URL is that of the
 * repository. Nothing is asked of a cluster: what only it knows stays open. Never throws.
 */
export function readApplicationSet(
  set: Mapping,
  workspace: Workspace,
  isHere: (repoURL: string) => boolean,
  fillGoTemplate?: FillGoTemplate,
): ApplicationSetReading {
  const remarks = gatherRemarks();
  const spec = childOf(set, 'spec');
  const template = childOf(spec, 'template');
  const unmatched = new Set<Node>();
  const made: MadeApplication[] = [];
  if (template?.kind !== 'mapping') remarks.problem('the set has no template', (template ?? spec ?? set).origin);
  else {
    const language = languageOf(spec, remarks, fillGoTemplate);
    const context = { workspace, isHere, language, remarks, unmatched: (pattern: Node) => void unmatched.add(pattern) };
    const patch = patchOf(spec);
    for (const entry of itemsOf(spec, 'generators')) {
      for (const { sets, template: own } of generated(entry, context)) {
        const whole = overTemplate(template, own);
        const room = MAX_SETS - made.length;
        if (sets.length > room) remarks.gap(`of all that the set makes, only ${MAX_SETS} applications are looked at`, entry.origin);
        for (const parameters of sets.slice(0, room)) made.push(applicationOf(whole, patch, parameters, language, remarks));
      }
    }
  }
  return { made, gaps: remarks.gaps, problems: remarks.problems, unmatched: [...unmatched] };
}

function patchOf(spec: Node | undefined): Scalar | undefined {
  const patch = childOf(spec, 'templatePatch');
  return patch?.kind === 'scalar' && patch.text !== '' ? withLines(patch) : undefined;
}

function applicationOf(template: Mapping, patch: Scalar | undefined, set: ParameterSet, language: Language, remarks: Remarks): MadeApplication {
  const flat = flatParameters(set.values);
  const common = { parameters: language.isGo ? plainNames(flat) : flat, isOpen: set.isOpen, isConditional: set.isConditional, isEphemeral: set.isEphemeral };
  // Argo CD reads no templates where there are no parameters.
  const isBare = set.values.size === 0 && set.unknown.length === 0;
  const application = isBare ? template : filledTree(template, (text) => language.fill(text, set));
  return { application: patch ? withPatch(application, language.fill(patch, set), remarks) : application, ...common };
}
