import { bool, type Host, list, map, text, type Value } from '../value.ts';
import { apiVersionsOf, isBuiltIn } from './api-versions.ts';
import type { Reading } from './chart.ts';
import { argumentOf, host, struct } from './host.ts';

/** The release of Kubernetes that is asked for where nothing tells of one. */
const DEFAULT_VERSION = { major: 1, minor: 37, patch: 0 };

export interface CapabilitiesOptions {
  /** The release that the environment is said to run, such as `1.31` or `v1.31.4-gke.100`; undefined where nothing tells. */
  readonly kubeVersion?: string | undefined;
  /** What is told besides: `monitoring.coreos.com/v1`, also with a kind behind. */
  readonly apiVersions?: readonly string[] | undefined;
  readonly reading: Reading;
}

interface KubeVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** The version that charts are held against: `v1.31.4`. */
export function kubeVersionOf(written: string | undefined): string {
  const { major, minor, patch } = parse(written) ?? DEFAULT_VERSION;
  return `v${major}.${minor}.${patch}`;
}

/** What follows the three numbers is left out. Undefined for what is no version. */
function parse(written: string | undefined): KubeVersion | undefined {
  const [, major, minor, patch] = /^\s*v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(written ?? '') ?? [];
  return major === undefined || minor === undefined ? undefined : { major: Number(major), minor: Number(minor), patch: Number(patch ?? 0) };
}

/** `.Capabilities`. Whether a cluster has the groups of custom resources is noted as unknown where a template asks. */
export function capabilitiesObject({ kubeVersion, apiVersions = [], reading }: CapabilitiesOptions): Host {
  const told = parse(kubeVersion);
  const { major, minor } = told ?? DEFAULT_VERSION;
  const version = kubeVersionOf(kubeVersion);
  const all = [...apiVersionsOf(told?.minor), ...apiVersions];
  const known = new Set(all);
  const has = (name: string): boolean => known.has(name) || (told !== undefined && isBuiltIn(name) && known.has(withoutKind(name)));
  const set = { ...list(all.map((name) => text(name))), goType: 'chartutil.VersionSet' };
  const versionSet = host('chartutil.VersionSet', {
    methods: {
      Has: (args, call) => {
        const name = argumentOf(args, 0);
        // A cluster names kinds, too; where none is told of, Helm has only groups.
        const isSettled = has(name) || (isBuiltIn(name) && (told !== undefined || withoutKind(name) === name));
        if (!isSettled) call.noteUnknown(`.Capabilities.APIVersions.Has "${name}"`);
        return bool(has(name));
      },
    },
    plain: () => set,
  });
  const parts = new Map<string, Value>([
    ['Version', text(version)],
    ['Major', text(String(major))],
    ['Minor', text(String(minor))],
  ]);
  const kube = struct('chartutil.KubeVersion', parts, () => map(parts), {
    methods: { GitVersion: () => text(version), String: () => text(version) },
    shown: () => text(version),
  });
  const helm = helmVersion(reading);
  const fields = new Map<string, Value>([
    ['KubeVersion', kube],
    ['APIVersions', versionSet],
    ['HelmVersion', helm],
  ]);
  return struct('*chartutil.Capabilities', fields, () => map([...fields].map(([name, value]) => [name, plainOf(value)])));
}

function plainOf(value: Value): Value {
  return value.kind === 'host' ? value.plain() : value;
}

/** `apps/v1` of `apps/v1/Deployment`, `v1` of `v1/Pod`. */
function withoutKind(name: string): string {
  const steps = name.split('/');
  return steps.slice(0, /^v\d/.test(steps[0] ?? '') ? 1 : 2).join('/');
}

/** The newest of each: charts only ask whether it is new enough. */
function helmVersion(reading: Reading): Host {
  const version = reading === 'helm-3' ? 'v3.22.0' : 'v4.3.1';
  const fields = new Map<string, Value>([
    ['Version', text(version)],
    ['GitCommit', text('')],
    ['GitTreeState', text('')],
    ['GoVersion', text('go1.26')],
  ]);
  return struct('version.BuildInfo', fields, () =>
    map([
      ['version', text(version)],
      ['go_version', text('go1.26')],
    ]),
  );
}
