import {
  type Deployment,
  elementName,
  type Field,
  firstOf,
  type NamedPath,
  type Origin,
  type Repository,
  sliceOf,
  type Variant,
  withoutStandIns,
  writtenName,
} from '../../src/rule/index.ts';

/** Paths that one place makes, none of which is there. */
export interface MissingPaths {
  readonly deployer: string;
  /** For people: `"apps/web" and 2 more, which do not exist`. */
  readonly missing: string;
  readonly at: Origin;
  readonly about: Field;
  readonly variants: readonly Variant[];
}

interface Missing {
  readonly deployment: Deployment;
  readonly path: NamedPath;
  readonly at: Origin;
}

/** The folders of deployers that do not exist: one for each line that is to be put right. */
export function missingPaths({ deployments }: Repository): MissingPaths[] {
  const groups = new Map<string, [Missing, ...Missing[]]>();
  const served = authorsOfFolders(deployments);
  for (const missing of withoutStandIns(deployments).flatMap(missingIn)) {
    // What a set says of one cluster counts in the installation that has it: it is wrong where it leads nowhere in any.
    if (missing.deployment.isConditional && served.has(authorOf(missing.path) ?? missing.path.node.origin)) continue;
    const { at, deployment } = missing;
    const key = [at.file.name, at.start, at.end, deployment.kind, deployment.deployer.id.name].join('\0');
    const group = groups.get(key);
    if (group) group.push(missing);
    else groups.set(key, [missing]);
  }
  return [...groups.values()].map((group) => {
    const [{ deployment, path, at }] = group;
    const paths = new Set(group.map((missing) => `"${missing.path.text}"`));
    const near = paths.size > 1 ? undefined : path.near?.();
    return {
      deployer: paths.size > 1 ? writtenName(deployment) : elementName(deployment),
      missing: `${firstOf([...paths], 1)}, which ${paths.size > 1 ? 'do not exist' : `does not exist${near === undefined ? '' : `; there is "${near}"`}`}`,
      at,
      about: deployment.deployer.field('spec'),
      variants: [...new Set(group.map((missing) => missing.deployment.holder))],
    };
  });
}

function missingIn(deployment: Deployment): Missing[] {
  const { source } = deployment;
  return source.whereabouts === 'missing' ? [{ deployment, path: source, at: placeIn(source) }] : [];
}

/** Who wrote a part of a path that is there. */
function authorsOfFolders(deployments: readonly Deployment[]): ReadonlySet<Origin> {
  const paths = deployments.flatMap(({ source, valuesFiles }) => [source, ...valuesFiles]).filter(({ whereabouts }) => whereabouts === 'here');
  return new Set(paths.flatMap(({ node }) => (node.kind === 'scalar' && node.parts ? node.parts.map(({ origin }) => origin) : [node.origin])));
}

/** Who wrote the first step that is not there. */
function authorOf({ node, text, gone = text }: NamedPath): Origin | undefined {
  const start = text.lastIndexOf(gone);
  return node.kind === 'scalar' ? node.parts?.find((part) => part.start <= start && start < part.end)?.origin : undefined;
}

/** The first step that is not there, whoever wrote it: a parameter, an element of a list, the template. */
function placeIn({ node, text, gone }: NamedPath): Origin {
  const start = gone === undefined ? -1 : text.lastIndexOf(gone);
  return node.kind === 'scalar' && gone !== undefined && start !== -1 ? sliceOf(node, start, start + gone.length) : node.origin;
}
