import { describe, expect, it } from 'vitest';
import { inShort, placesIn } from './orders.ts';

describe('jx-requirements.yml', () => {
  const v4 = (list: string) => `apiVersion: core.jenkins-x.io/v4beta1\nkind: Requirements\nspec:\n  environments: [${list}]\n`;

  it.each([
    ['the first versions', 'environments:\n- key: dev\n- key: staging\n- key: production\n', 'staging, production < staging'],
    ['version 4', v4('{ key: dev }, { key: staging }, { key: production }'), 'staging, production < staging'],
    ['dev that is promoted to', v4('{ key: dev, promotionStrategy: Auto }, { key: prod }'), 'dev, prod < dev'],
    ['one that nothing is promoted to', v4('{ key: qa, promotionStrategy: Never }, { key: staging }, { key: prod }'), 'staging, prod < staging'],
    ['a key that stands twice', v4('{ key: staging }, { key: prod }, { key: staging }'), 'staging, prod < staging'],
  ])('reads %s', (_, text, expected) => {
    expect(inShort({ 'jx-requirements.yml': text })).toEqual([`jx-requirements.yml: ${expected}`]);
  });

  it('points at the keys', () => {
    expect(placesIn({ 'jx-requirements.yml': 'environments:\n- key: staging\n' })).toEqual(['jx-requirements.yml:2 staging']);
  });

  it.each([
    ['only the cluster of the pipelines', 'environments:\n- key: dev\n'],
    ['no list', 'environments: {}\n'],
    ['no keys', 'environments:\n- repository: shop\n'],
    ['a broken file', 'environments:\n- key: "staging\n'],
  ])('%s gives no order', (_, text) => {
    expect(inShort({ 'jx-requirements.yml': text })).toEqual([]);
  });
});

describe('kam', () => {
  const CONFIG = 'config:\n  argocd: { namespace: openshift-gitops }\n  pipelines: { name: builds }\n';
  const LIST = 'environments:\n- name: dev\n  apps: [{ name: checkout }]\n- name: stage\n';
  const BESIDE = { 'gitops/environments/dev/env/base/kustomization.yaml': 'resources: []\n' };

  it('promotes in the order of its list', () => {
    expect(inShort({ 'pipelines.yaml': CONFIG + LIST })).toEqual(['kam pipelines.yaml: dev, stage < dev']);
    expect(placesIn({ 'pipelines.yaml': CONFIG + LIST })).toEqual(['pipelines.yaml:5 dev', 'pipelines.yaml:7 stage']);
  });

  it('is known by a folder of environments beside it, too', () => {
    expect(inShort({ 'gitops/pipelines.yaml': LIST, ...BESIDE })).toEqual(['kam pipelines.yaml: dev, stage < dev']);
    expect(inShort({ 'pipelines.yaml': LIST, ...BESIDE })).toEqual([]);
  });

  it('leaves out where pipelines run', () => {
    const text = `${CONFIG}${LIST}- name: builds\n- name: cicd\n- { name: ci, cicd: true }\n- { name: argo, argo: true }\n- name: prod\n`;
    expect(inShort({ 'pipelines.yaml': text })).toEqual(['kam pipelines.yaml: dev, stage < dev, prod < stage']);
  });

  it.each([
    ['pipelines of another tool', '- pipeline:\n    name: check\n    environments: [dev]\n'],
    ['stages of a build', `stages: [build]\n${LIST}`],
    ['an empty list', `${CONFIG}environments: []\n`],
    ['names without a list', `${CONFIG}environments: dev\n`],
  ])('%s give no order', (_, text) => {
    expect(inShort({ 'pipelines.yaml': text })).toEqual([]);
  });
});

describe('fleet.yaml', () => {
  it('lists customizations without an order', () => {
    const text =
      'targetCustomizations:\n- name: prod-eu\n  helm: {}\n- name: dev\n- name: default\n- name: gone\n  doNotDeploy: true\n- clusterName: c1\n- name: dev\n';
    expect(inShort({ 'apps/checkout/fleet.yaml': text })).toEqual(['Fleet targetCustomizations: prod-eu, dev (unordered)']);
    expect(placesIn({ 'fleet.yaml': text })).toEqual(['fleet.yaml:2 prod-eu', 'fleet.yaml:4 dev']);
  });

  it('rolls out partitions one after the other', () => {
    const text =
      'rolloutStrategy:\n  partitions:\n  - name: dev\n  - clusterGroup: some\n  - name: prod\n  - name: others\ntargetCustomizations:\n- name: prod\n- name: dev\n';
    expect(inShort({ 'fleet.yaml': text })).toEqual(['Fleet partitions: dev, prod < dev', 'Fleet targetCustomizations: prod, dev (unordered)']);
  });

  it('counts once what many bundles share', () => {
    const text = 'targetCustomizations:\n- name: dev\n- name: prod\n';
    expect(inShort({ 'apps/checkout/fleet.yaml': text, 'apps/ledger/fleet.yaml': text })).toHaveLength(1);
  });

  it.each([
    ['a bundle for all', 'defaultNamespace: shop\n'],
    ['an empty list', 'targetCustomizations: []\n'],
    ['no names of its own', 'targetCustomizations:\n- name: default\n- name: all\n'],
    ['a name that is filled in later', "targetCustomizations:\n- name: '{{ .env }}'\n"],
    ['partitions elsewhere', 'spec:\n  rolloutStrategy: { partitions: [{ name: dev }] }\n'],
  ])('%s gives no order', (_, text) => {
    expect(inShort({ 'fleet.yaml': text })).toEqual([]);
  });
});
