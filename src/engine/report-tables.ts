import type { Settings } from '../config/settings.ts';
import { settingsFilesOf } from '../model/opened-settings.ts';
import { MASK } from '../model/origin-row.ts';
import { type ParityTable, parityOf, type ShowValue } from '../model/parity.ts';
import { type Held, judgedVariants } from '../model/places.ts';
import type { ReportTables, VersionLine } from '../model/report-tables.ts';
import type { Repository } from '../model/repository.ts';
import { withoutHash } from '../model/shown-name.ts';
import type { App, Variant } from '../model/variant.ts';
import { versionRowsOf } from '../model/versions/version-table.ts';
import { placeOfVersion } from '../model/versions/version-uses.ts';
import { withoutCredentials } from '../text/credentials.ts';
import type { SourceFile } from '../text/source-file.ts';
import { locationOf } from '../tree/node.ts';
import { plainOf } from '../tree/plain.ts';
import { type Trees, workspaceOfTree } from './read-repository.ts';
import { type RenderSecrets, secretsOf } from './render-secrets.ts';

/** The tables of a report about some variants of a repository. Nothing is reckoned before it is asked for. */
export function reportTables(repository: Repository, variants: readonly Variant[], trees: Trees, settings: Settings): ReportTables {
  const wanted = new Set(variants);
  const readers = new Map<string, readonly string[]>();
  return {
    get versions() {
      return versionsOf(repository, wanted);
    },
    get parity() {
      return repository.apps.flatMap((app) => parityOfApp(app, wanted, trees, settings));
    },
    readersOf: (file) => {
      const known = readers.get(file.name) ?? readersOf(file, variants);
      readers.set(file.name, known);
      return known;
    },
  };
}

function versionsOf(repository: Repository, wanted: ReadonlySet<Variant>): VersionLine[] {
  return versionRowsOf(repository).flatMap(({ app, artifact, cells }) => {
    const shown = cells.flatMap(({ environment, version, digest, marks, uses }) => {
      const own = uses.filter(({ variant }) => wanted.has(variant));
      const [first] = own;
      if (!first) return [];
      const location = locationOf(placeOfVersion(first.use));
      return { environment: environment.name, version, digest, marks, variants: [...new Set(own.map(({ variant }) => variant.id))], location };
    });
    return shown.length > 0 ? { app, kind: artifact.kind, artifact: artifact.name, cells: shown } : [];
  });
}

function parityOfApp(app: App, wanted: ReadonlySet<Variant>, trees: Trees, settings: Settings): ParityTable[] {
  const variants = judgedVariants(app).filter((variant) => wanted.has(variant));
  if (new Set(variants.map(({ environment }) => environment.name)).size < 2) return [];
  const table = parityOf(app, variants, settings.isSecretKey, showerOf(app, variants, trees, settings));
  return table.rows.length > 0 ? [table] : [];
}

/** What is longer is cut: a table is no place to read a certificate in. */
const WIDTH = 80;

/** Shows values, and no secret of any of the variants. */
function showerOf(app: App, variants: readonly Variant[], trees: Trees, settings: Settings): ShowValue {
  let known: readonly RenderSecrets[] | undefined;
  const secretsOfAll = (): readonly RenderSecrets[] => {
    const files = settingsFilesOf(app).flat();
    return variants.map((variant) => {
      const own = files.flatMap((twin) => (twin.variant === variant ? twin.resource : []));
      return secretsOf({ inputs: variant.inputs, resources: [...variant.resources, ...own] }, workspaceOfTree(trees, variant.tree), settings);
    });
  };
  return ({ resource, leaf: { node, path } }: Held): string => {
    known ??= secretsOfAll();
    const secrets = known;
    if (secrets.some((one) => one.isSecret(resource.node, path))) return MASK;
    if (node.kind === 'mapping') return node.entries.length === 0 ? '{}' : `${node.entries.length} fields`;
    const value = plainOf(node);
    const text = typeof value === 'string' ? withoutHash(value) : JSON.stringify(value);
    const shown = secrets.reduce((shownSoFar, { hidden }) => hidden(shownSoFar), withoutCredentials(text));
    return shown.length > WIDTH ? `${shown.slice(0, WIDTH - 1)}…` : shown;
  };
}

function readersOf({ path, tree }: SourceFile, variants: readonly Variant[]): string[] {
  return variants.filter((variant) => variant.tree === tree && variant.inputs.has(path)).map(({ id }) => id);
}
