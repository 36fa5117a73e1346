import path from 'node:path';
import {
  configNameIn,
  findPlace,
  firstOf,
  openTrees,
  type Place,
  type Proposal,
  proposeConfig,
  proposeContract,
  rules,
  UsageError,
  writeNewFile,
  writeReport,
} from '../../index.ts';
import type { Flags } from '../args.ts';
import { nothingToCheck, openSession } from '../place.ts';
import type { Terminal } from '../terminal.ts';

/** Writes what is found in a folder into a `.gitopsrc` there, for people to review. What is there already stays as it is. */
export async function runInit([dir]: readonly string[], flags: Flags, terminal: Terminal): Promise<number> {
  const root = flags.root === undefined ? undefined : path.resolve(terminal.folder, flags.root);
  const place = findPlace(path.resolve(terminal.folder, dir ?? '.'), { root });
  if (flags.contract) return await writeContract(place, dir, flags, terminal);
  refuseWhereConfigured(place.root, place.folder);
  const { workspace, settings } = await openSession(dir, flags, terminal);
  const proposal = await proposeConfig(workspace, place.folder, settings, rules);
  const { environments, variants, leftOut } = proposal.discovery;
  if (variants.length === 0 && leftOut.length === 0) throw nothingToCheck(dir ?? '.', leftOut);
  writeNewFile(path.join(place.root, place.folder), path.posix.basename(proposal.path), proposal.text);
  if (environments.length === 0) terminal.warn(`gitops-lint: no environments were found: ${proposal.path} holds an example to fill in\n`);
  terminal.print(`${summaryOf(proposal, dir)}\n`);
  return 0;
}

/** Writes the contract of differences: into the configuration that counts, where there is one, else with all that is found. */
async function writeContract({ root, folder }: Place, dir: string | undefined, flags: Flags, terminal: Terminal): Promise<number> {
  const { workspace, settings, file, content } = await openSession(dir, flags, terminal);
  if (file?.path.endsWith('.json'))
    throw new UsageError(`"${file.path}" is JSON: a contract is written as YAML`, 'Make it a .gitopsrc.yaml, or write "differences" by hand.');
  if (file && content?.entries.some(({ key }) => key.text === 'differences'))
    throw new UsageError(
      `"${file.path}" has "differences" already`,
      'Delete that part to have it written anew; "gitops-lint diff" shows two environments side by side.',
    );
  const proposal = file ? undefined : await proposeConfig(workspace, folder, settings, rules);
  if (proposal?.discovery.variants.length === 0) throw nothingToCheck(dir ?? '.', proposal.discovery.leftOut);
  const { path: name, text } = file ?? proposal ?? { path: '.gitopsrc', text: '' };
  const trees = await openTrees(root, workspace, settings);
  const contract = await proposeContract({
    workspace,
    trees,
    folder: file ? path.posix.dirname(file.path).replace(/^\.$/, '') : folder,
    settings,
    rules,
    path: name,
    text,
  });
  if (file) writeReport(path.join(root, name), name, contract.text);
  else writeNewFile(path.join(root, folder), path.posix.basename(name), contract.text);
  const lines = contract.lines === 1 ? 'one line' : `${contract.lines} lines`;
  terminal.print(
    `wrote ${name}: ${lines} for what differs by now, and one that holds all else to be the same\nreview them, and run "gitops-lint${dir === undefined ? '' : ` lint ${dir}`}"\n`,
  );
  return 0;
}

/** The nearest configuration counts alone: a new one would take the place of another, and not add to it. */
function refuseWhereConfigured(root: string, folder: string): void {
  for (let at = folder; ; at = path.posix.dirname(at)) {
    const name = configNameIn(path.join(root, at));
    const found = name && path.posix.join(at, name);
    if (found && at === folder)
      throw new UsageError(`"${found}" is there already`, '"gitops-lint environments" shows what is read with it. Move it away to have another one written.');
    if (found)
      throw new UsageError(
        `"${found}" counts for "${folder}" already`,
        'Declare environments and apps there: a file nearer to the folder would count instead of it.',
      );
    if (at === '' || at === '.') return;
  }
}

function summaryOf({ path: file, discovery: { environments }, apps }: Proposal, dir: string | undefined): string {
  const names = environments.map(({ name }) => name);
  const how = apps ? `${apps.length === 1 ? 'one pattern' : `${apps.length} patterns`} of paths` : 'paths read by convention';
  const found = names.length > 0 ? `: ${names.length === 1 ? 'one environment' : `${names.length} environments`} (${firstOf(names, 6)}), ${how}` : '';
  const doubts = environments.filter(({ confidence, tier }) => confidence === 'low' && tier !== 'ephemeral').length;
  const look = doubts > 0 ? `look at ${doubts === 1 ? 'the line' : `the ${doubts} lines`} marked "not sure", then run` : 'review it, and run';
  return `wrote ${file}${found}\n${names.length > 0 ? look : 'fill it in, and run'} "gitops-lint environments${dir === undefined ? '' : ` ${dir}`}"`;
}
