import { describe, expect, it } from 'vitest';
import { mayDeployIn } from '../../../src/discover/deployers/may-deploy.ts';
import type { VariantSource } from '../../../src/model/discovery.ts';
import { memoryWorkspace } from '../../../src/workspace/memory-workspace.ts';

const CHART: VariantSource = { app: 'checkout', labels: {}, root: 'checkout', renderer: 'helm' };

function mayDeploy(text: string, source: VariantSource = CHART): boolean {
  return mayDeployIn(memoryWorkspace({ 'checkout/Chart.yaml': 'name: checkout\n', 'checkout/templates/app.yaml': text }))(source);
}

describe('a chart may deploy others', () => {
  it.each([
    'apiVersion: argoproj.io/v1alpha1',
    'apiVersion: "argoproj.io/{{ .Values.version }}"',
    'apiVersion: kustomize.toolkit.fluxcd.io/v1',
    'apiVersion: helm.toolkit.fluxcd.io/v2',
    'apiVersion: source.toolkit.fluxcd.io/v1',
    'apiVersion: source.extensions.fluxcd.io/v1beta1',
  ])('with %s', (text) => {
    expect(mayDeploy(text)).toBe(true);
  });

  it.each([
    'apiVersion: apps/v1',
    'annotations: { argocd.argoproj.io/sync-wave: "1" }',
    'apiVersion: notification.toolkit.fluxcd.io/v1',
    'apiVersion: image.toolkit.fluxcd.io/v1',
  ])('but not with %s', (text) => {
    expect(mayDeploy(text)).toBe(false);
  });

  it('but not where it lies elsewhere and only its values are here', () => {
    expect(mayDeploy('apiVersion: argoproj.io/v1alpha1', { ...CHART, isAbroad: true })).toBe(false);
  });
});
