/**
 * Times whole processes against one another on real repositories, where they lie beside this one: our renderer against
 * a loop of `kustomize build` or `helm template` over the same roots, and our lint. Prints the tables of docs/performance.md.
 * Usage: npm run bench -- kustomize|helm [--kustomize PATH] [--helm PATH] [--runs N]
 */
import { parseArgs } from 'node:util';
import { benchHelm } from './bench/helm.ts';
import { benchKustomize } from './bench/kustomize.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kustomize: { type: 'string', default: 'kustomize' },
    helm: { type: 'string', default: 'helm' },
    runs: { type: 'string', default: '5' },
  },
});
const runs = Math.max(1, Number(values.runs));

if (positionals[0] === 'kustomize') await benchKustomize(values.kustomize, runs);
else if (positionals[0] === 'helm') await benchHelm(values.helm, runs);
else console.log('usage: npm run bench -- kustomize|helm [--kustomize PATH] [--helm PATH] [--runs N]');
