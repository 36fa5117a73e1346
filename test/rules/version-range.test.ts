import { describe, expect, it } from 'vitest';
import rule from '../../rules/version-range/rule.ts';
import { isVersionRange } from '../../src/model/versions/version-range.ts';
import { type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { fluxSource, remoteApplication } from './deployers.ts';

/** A HelmRelease of an environment, with the given line for its version. */
const release = (version: string, environment = 'prod', chart = 'ledger', kind = 'HelmRepository'): Tree => ({
  [`clusters/${environment}/ledger.yaml`]: `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: ledger
spec:
  chart:
    spec:
      chart: ${chart}
${version && `      ${version}\n`}      sourceRef:
        kind: ${kind}
        name: shop
`,
});

const prod = (text: string): Tree => ({ 'clusters/prod/ledger.yaml': text });

testRule(rule, {
  valid: {
    'an exact version': release('version: 2.4.1'),
    'a version that comes with the deployment': release('version: ${LEDGER_VERSION}'),
    'a range in staging': release('version: 2.x', 'staging'),
    'a chart of a git repository, which has its version there': release('', 'prod', './charts/ledger', 'GitRepository'),
    'a source with a digest': prod(
      fluxSource('OCIRepository', 'semver: 2.x\ndigest: sha256:c07bacd6c52fdad13c774da92dfb95d3a01622c25c5a62e4f0f814f9bf4166e7\n'),
    ),
    'a branch of a git repository': prod(remoteApplication('targetRevision: main\n')),
  },
  invalid: {
    'a range': release('version: 2.x # error: range prod'),
    'a range in quotes': release('version: ">=2.0.0" # error: range'),
    'no version': release('', 'prod', 'ledger # error: none'),
    'the newest one': release('version: "*" # error: range'),
    'the range of a source': prod(fluxSource('OCIRepository', 'semver: 2.x # error: range\n')),
    'the chart of an Application': {
      'clusters/prod/ledger.yaml': yaml`
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata:
          name: ledger
        spec:
          sources:
            - repoURL: https://charts.shop.example
              chart: ledger
              targetRevision: 2.* # error: range
      `,
    },
  },
});

describe('a range of versions', () => {
  it.each(['*', '1', '1.2', 'v1', '1.x', '1.2.x', '1.2.X', 'x', '^1.2.0', '~1.2', '>=1.0.0', '>=1.0.0 <2.0.0', '1.0.0 - 2.0.0', '1.0.0 || 2.0.0', '=1.2.0'])(
    '%s',
    (text) => {
      expect(isVersionRange(text)).toBe(true);
    },
  );
  it.each(['1.2.3', 'v1.2.3', '1.2.3-rc.1', '1.2.3+build', '1.2.3-x', '0.1.0-xyz'])('is not %s', (text) => {
    expect(isVersionRange(text)).toBe(false);
  });
});
