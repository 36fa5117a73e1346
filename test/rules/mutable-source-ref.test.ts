import rule from '../../rules/mutable-source-ref/rule.ts';
import { type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { application, overlays } from './deployers.ts';

/** A GitRepository of an environment, its ref, and a Kustomization that deploys a path from it. */
const source = (ref: string, path = './elsewhere/manifests', environment = 'prod'): Tree => ({
  [`clusters/${environment}/ledger.yaml`]: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: ledger
spec:
  url: https://git.shop.example/ledger.git
${ref && `  ref:\n    ${ref}\n`}---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ledger
spec:
  path: ${path}
  sourceRef:
    kind: GitRepository
    name: ledger
`,
});

/** An Application of production, of another repository. */
const fromElsewhere = (source: string): Tree => ({
  'clusters/prod/ledger.yaml': yaml`
    apiVersion: argoproj.io/v1alpha1
    kind: Application
    metadata:
      name: ledger
    spec:
      source:
        repoURL: https://git.shop.example/ledger.git
        path: elsewhere/manifests
  `.concat(source && `    ${source}\n`),
});

testRule(rule, {
  valid: {
    'a tag': source('tag: v2.4.1'),
    'a commit': source('commit: 3f786850e387550fdab836ed7e6dc881de23001b'),
    'a branch with a commit, which counts': source('branch: main\n    commit: 3f786850e387550fdab836ed7e6dc881de23001b'),
    'a branch in staging': source('branch: main', './elsewhere/manifests', 'staging'),
    'this repository': { ...source('branch: main', './apps/ledger/overlays/prod'), ...overlays('ledger', ['staging', 'prod']) },
    'a repository of which nothing tells whose it is': {
      'clusters/prod/ledger.yaml': yaml`
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: GitRepository
        metadata:
          name: ledger
        spec:
          url: https://git.shop.example/ledger.git
          ref:
            branch: main
      `,
    },
    'an Application of this repository': {
      ...overlays('ledger', ['staging', 'prod']),
      'clusters/prod/ledger.yaml': application('ledger', 'apps/ledger/overlays/prod', { source: 'targetRevision: main\n' }),
    },
    'a tag of another repository': fromElsewhere('targetRevision: v2.4.1'),
    'a revision that comes with the deployment': fromElsewhere('targetRevision: ${REVISION}'),
    'a tag of an artifact': {
      'clusters/prod/ledger.yaml': yaml`
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: OCIRepository
        metadata:
          name: ledger
        spec:
          url: oci://registry.shop.example/ledger
          ref:
            tag: 2.4.1
      `,
    },
  },
  invalid: {
    'a branch': source('branch: main # error: branch prod'),
    'no ref': {
      'clusters/prod/ledger.yaml': (source('')['clusters/prod/ledger.yaml'] ?? '').replace('ledger.git', 'ledger.git # error: none'),
    },
    'an Application of another repository': fromElsewhere('targetRevision: HEAD # error: branch'),
    'an artifact by a tag that moves': {
      'clusters/prod/ledger.yaml': yaml`
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: OCIRepository
        metadata:
          name: ledger
        spec:
          url: oci://registry.shop.example/ledger
          ref:
            tag: latest # error: branch
      `,
    },
  },
});
