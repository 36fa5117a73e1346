import { describe, expect, it } from 'vitest';
import { contractLines, differencesText, type SeenPlace } from '../../src/config/propose/differences.ts';
import { keyGlobs } from '../../src/config/propose/key-globs.ts';

describe('globs of keys', () => {
  it.each([
    [['DB_HOST', 'CACHE_HOST', 'QUEUE_HOST'], [], ['*_HOST']],
    [['DB_HOST', 'CACHE_HOST', 'QUEUE_HOST'], ['AUTH_HOST'], ['CACHE_HOST', 'DB_HOST', 'QUEUE_HOST']],
    [['DB_HOST', 'CACHE_HOST'], [], ['CACHE_HOST', 'DB_HOST']],
    [['DEBUG_A', 'DEBUG_B', 'DEBUG_C', 'LEVEL'], ['DEBUGGER'], ['DEBUG_*', 'LEVEL']],
    [['a.x', 'a.y', 'a.z', 'b[0]'], [], ['a.*', 'b\\[0\\]']],
  ])('%j beside %j are %j', (keys, others, expected) => {
    expect(keyGlobs(keys, others)).toEqual(expected);
  });
});

const seen = (kind: string, steps: readonly string[], more: Partial<SeenPlace> = {}): SeenPlace => ({
  app: 'checkout',
  kind,
  name: 'checkout',
  steps,
  key: steps.findLast((step) => !step.startsWith('[')),
  isSetting: false,
  differs: true,
  environments: ['dev', 'prod'],
  isPresence: false,
  isEverywhere: false,
  ...more,
});
const presence = { isPresence: true, environments: ['prod'] };
const textOf = (...places: readonly SeenPlace[]) => differencesText(contractLines(places)).trimEnd().split('\n');

describe('lines of the contract', () => {
  it('are few: where all below a field differs, that field', () => {
    const of = (container: string, ...steps: readonly string[]) => ['spec', 'containers', `[name=${container}]`, ...steps];
    const name = seen('Deployment', of('web', 'name'), { differs: false });
    const limits = [
      seen('Deployment', of('web', 'resources', 'limits', 'memory')),
      seen('Deployment', of('job', 'resources', 'limits', 'memory')),
      seen('Deployment', of('web', 'resources', 'limits', 'cpu')),
      name,
    ];
    expect(textOf(...limits)).toEqual(['  - { path: "spec.containers[*].resources", may: differ }']);
    expect(textOf(...limits, seen('Deployment', of('web', 'resources', 'claims'), { differs: false }))).toEqual([
      '  - { path: "spec.containers[*].resources.limits", may: differ }',
    ]);
  });

  it('name the kind where another kind has the same', () => {
    const replicas = ['spec', 'replicas'];
    expect(textOf(seen('Deployment', replicas))).toEqual(['  - { path: spec.replicas, may: differ }']);
    expect(textOf(seen('Deployment', replicas), seen('StatefulSet', replicas, { differs: false }))).toEqual([
      '  - { kind: Deployment, path: spec.replicas, may: differ }',
    ]);
    expect(textOf(seen('Deployment', replicas), seen('StatefulSet', replicas), seen('Rollout', replicas, { differs: false }))).toEqual([
      '  - { kind: "{Deployment,StatefulSet}", path: spec.replicas, may: differ }',
    ]);
  });

  it('say who alone has a thing, where that is the same for all', () => {
    const setting = (key: string, more: Partial<SeenPlace>) => seen('ConfigMap', ['data', key], { isSetting: true, ...more });
    expect(textOf(setting('DEBUG', presence))).toEqual(['  - { key: DEBUG, only: [prod] }']);
    expect(textOf(setting('LEVEL', { isEverywhere: true }))).toEqual(['  - { key: LEVEL, may: differ-in-value }']);
    expect(textOf(setting('DEBUG', presence), setting('DEBUG', { differs: false, app: 'ledger' }))).toEqual(['  - { key: DEBUG, may: differ }']);
    expect(textOf(seen('Job', [], presence), seen('Job', [], { ...presence, name: 'seed' }))).toEqual(['  - { kind: Job, only: [prod] }']);
    expect(textOf(seen('Job', [], presence), seen('Job', [], { differs: false, name: 'seed' }))).toEqual(['  - { kind: Job, name: checkout, only: [prod] }']);
    expect(textOf(seen('Job', [], presence), seen('Job', [], { differs: false, app: 'ledger' }))).toEqual([
      '  - { app: checkout, kind: Job, name: checkout, only: [prod] }',
    ]);
  });

  it('quote what a pattern would take for more than it is', () => {
    expect(textOf(seen('Thing', ['spec', 'a.b', 'c*', '[name=x]', 'd']))).toEqual(['  - { path: "spec[\\"a.b\\"][\\"c*\\"][*].d", may: differ }']);
    expect(textOf(seen('ConfigMap', ['data', 'app-{env}.yaml'], { key: 'app-{env}.yaml', isSetting: true }))).toEqual([
      '  - { key: "app-{env}.yaml", may: differ }',
    ]);
    expect(textOf(seen('ConfigMap', ['data', '{a}[1].yaml'], { key: '{a}[1].yaml', isSetting: true }))).toEqual([
      '  - { key: "\\\\{a\\\\}\\\\[1\\\\].yaml", may: differ }',
    ]);
  });
});
