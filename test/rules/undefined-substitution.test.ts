import rule from '../../rules/undefined-substitution/rule.ts';
import { type Tree, testRule } from '../support/rule-tester.ts';
import { fluxKustomization } from './deployers.ts';
import { configMap, secret } from './shop.ts';

/** The clusters that deploy the checkout, each with the lines of its `postBuild`. */
function clusters(postBuilds: Readonly<Record<string, string>>): Tree {
  return Object.fromEntries(
    Object.entries(postBuilds).map(([name, lines]) => {
      const postBuild = lines && `postBuild:\n${lines.replace(/^(?=.)/gm, '  ')}`;
      return [`clusters/${name}/apps.yaml`, fluxKustomization('checkout', './apps/checkout', postBuild)];
    }),
  );
}

function checkout(data: string): Tree {
  return { 'apps/checkout/config.yaml': configMap('checkout', data) };
}

function inFlux(object: string): string {
  return object.replace('metadata:', 'metadata:\n  namespace: flux-system');
}

const HOST = checkout('host: ${host}\n');
const WRONG = checkout('host: shop.${host}/pay # error: unset prod\n');
const ELSEWHERE = 'substituteFrom: [{ kind: ConfigMap, name: cluster }]\n';
const GIVEN = 'substitute: { host: shop.example }\n';

testRule(rule, {
  valid: {
    'every cluster gives it': { ...HOST, ...clusters({ staging: GIVEN, prod: GIVEN }) },
    'it has a default, of whichever form': {
      ...checkout('a: ${a:=x}\nb: ${b:-x}\nc: ${c=x}\nd: ${d:=}\n'),
      ...clusters({ prod: GIVEN }),
    },
    'it is given as an empty text': { ...HOST, ...clusters({ prod: 'substitute: { host: "" }\n' }) },
    'it is escaped, or none of Flux': { ...checkout('a: $${host}\nb: $host\nc: $(host)\nd: "{{ host }}"\n'), ...clusters({ prod: 'substitute: { b: c }\n' }) },
    'Flux fills in nothing': { ...HOST, ...clusters({ staging: 'substitute: {}\n', prod: '' }) },
    'the object is left alone, as it says': {
      'apps/checkout/config.yaml': configMap('checkout', 'host: ${host}\n').replace(
        'name: checkout',
        'name: checkout\n  annotations: { kustomize.toolkit.fluxcd.io/substitute: disabled }',
      ),
      ...clusters({ prod: 'substitute: { other: x }\n' }),
    },
    'a ConfigMap or a Secret of the cluster gives it': {
      ...checkout('host: ${host}\npassword: ${password}\n'),
      ...clusters({ prod: 'substituteFrom: [{ kind: ConfigMap, name: vars }, { kind: Secret, name: more }]\n' }),
      'clusters/prod/vars.yaml': inFlux(configMap('vars', 'host: shop.example\n')),
      'clusters/prod/more.yaml': inFlux(secret('more', 'password')),
    },
    'what is made elsewhere may give it': { ...HOST, ...clusters({ staging: ELSEWHERE, prod: ELSEWHERE }) },
    'what is made elsewhere may give it to one, as siblings are given all of theirs here': {
      ...HOST,
      ...clusters({ dev: GIVEN, staging: GIVEN, prod: ELSEWHERE }),
    },
    'something that may not be there gives it': {
      ...HOST,
      ...clusters({ prod: 'substituteFrom: [{ kind: ConfigMap, name: cluster, optional: true }]\nsubstitute: { a: b }\n' }),
    },
    'it is declared to be given elsewhere': {
      ...HOST,
      ...clusters({ prod: 'substitute: { a: b }\n' }),
      '.gitopsrc': 'externals: [{ variable: host, environments: [prod] }]\n',
    },
  },
  invalid: {
    'one cluster does not give it': { ...WRONG, ...clusters({ staging: GIVEN, prod: 'substitute: { city: Bern }\n' }) },
    'no cluster gives it, as it is misspelt': {
      ...checkout('host: ${hsot} # error: unset staging,prod\n'),
      ...clusters({ staging: GIVEN, prod: GIVEN }),
    },
    'it is changed before it is put in': { ...checkout('host: ${host^^} # error: unset prod\n'), ...clusters({ prod: 'substitute: { a: b }\n' }) },
    'it stands in a default': { ...checkout('host: ${a:=${host}} # error: unset prod\n'), ...clusters({ prod: 'substitute: { b: c }\n' }) },
    'the ConfigMap of the cluster is here and lacks it': {
      ...WRONG,
      ...clusters({ staging: ELSEWHERE, prod: ELSEWHERE }),
      'clusters/staging/cluster.yaml': inFlux(configMap('cluster', 'host: staging.example\n')),
      'clusters/prod/cluster.yaml': inFlux(configMap('cluster', 'city: Bern\n')),
    },
    'it is told once, however often it is used': {
      ...checkout('a: ${host} # error: unset prod\nb: ${host}\n'),
      ...clusters({ prod: 'substitute: { city: Bern }\n' }),
    },
    'a script loses it': {
      ...checkout('run.sh: |\n  # error: inText prod\n  echo "${HOME}"\n'),
      ...clusters({ prod: 'substitute: { city: Bern }\n' }),
    },
    'a script has one that siblings are given': {
      ...checkout('run.sh: |\n  # error: unset prod\n  ping ${host}\n'),
      ...clusters({ staging: GIVEN, prod: 'substitute: { city: Bern }\n' }),
    },
    'siblings are given it beside what is made elsewhere': {
      ...checkout('host: ${host} # error: unlike prod\n'),
      ...clusters({ dev: ELSEWHERE + GIVEN, staging: ELSEWHERE + GIVEN, prod: ELSEWHERE }),
    },
  },
});
