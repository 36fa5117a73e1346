import rule from '../../rules/mutable-source-ref/rule.ts';
import { type Tree, testRule } from '../support/rule-tester.ts';
import { application, fluxKustomization, fluxSource, overlays, remoteApplication } from './deployers.ts';
import { documents } from './shop.ts';

/** A GitRepository of an environment, its ref, and a Kustomization that deploys a path from it. */
const source = (ref: string, path = './elsewhere/manifests', environment = 'prod'): Tree => ({
  [`clusters/${environment}/ledger.yaml`]: documents(
    fluxSource('GitRepository', ref),
    fluxKustomization('ledger', path).replace('name: flux-system }', 'name: ledger }'),
  ),
});

/** What production has beside its Kustomizations. */
const prod = (text: string): Tree => ({ 'clusters/prod/ledger.yaml': text });

testRule(rule, {
  valid: {
    'a tag': source('tag: v2.4.1\n'),
    'a commit': source('commit: 3f786850e387550fdab836ed7e6dc881de23001b\n'),
    'a branch with a commit, which counts': source('branch: main\ncommit: 3f786850e387550fdab836ed7e6dc881de23001b\n'),
    'a branch in staging': source('branch: main\n', './elsewhere/manifests', 'staging'),
    'this repository': { ...source('branch: main\n', './apps/ledger/overlays/prod'), ...overlays('ledger', ['staging', 'prod']) },
    'a repository of which nothing tells whose it is': prod(fluxSource('GitRepository', 'branch: main\n')),
    'an Application of this repository': {
      ...overlays('ledger', ['staging', 'prod']),
      'clusters/prod/ledger.yaml': application('ledger', 'apps/ledger/overlays/prod', { source: 'targetRevision: main\n' }),
    },
    'a tag of another repository': prod(remoteApplication('targetRevision: v2.4.1\n')),
    'a revision that comes with the deployment': prod(remoteApplication('targetRevision: ${REVISION}\n')),
    'a tag of an artifact': prod(fluxSource('OCIRepository', 'tag: 2.4.1\n')),
  },
  invalid: {
    'a branch': source('branch: main # error: branch prod\n'),
    'no ref': {
      'clusters/prod/ledger.yaml': (source('')['clusters/prod/ledger.yaml'] ?? '').replace('ledger.git', 'ledger.git # error: none'),
    },
    'an Application of another repository': prod(remoteApplication('targetRevision: HEAD # error: branch\n')),
    'an artifact by a tag that moves': prod(fluxSource('OCIRepository', 'tag: latest # error: branch\n')),
  },
});
