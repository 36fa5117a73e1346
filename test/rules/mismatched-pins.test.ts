import rule from '../../rules/mismatched-pins/rule.ts';
import { type Tree, testRule } from '../support/rule-tester.ts';
import { crlf, kustomization } from './shop.ts';

const ONE = '3f786850e387550fdab836ed7e6dc881de23001b';
const TWO = '89e6c98d92887913cadf06b2adb97f26cde4849b';

/** A kustomization of production with remote bases, and an image with a tag. */
const pinned = (bases: readonly string[], image: string, tag: string, folder = 'apps/checkout/overlays/prod'): Tree => ({
  [`${folder}/kustomization.yaml`]: kustomization(bases, `images:\n  - name: ${image}\n    newTag: ${tag}\n`),
});
const base = (ref: string) => `https://github.com/shop/checkout/deploy?ref=${ref}`;
const IMAGE = 'registry.shop.example/shop/checkout';

testRule(rule, {
  valid: {
    'one commit': pinned([base(ONE)], IMAGE, ONE),
    'one commit, in short': pinned([base(ONE)], IMAGE, ONE.slice(0, 7)),
    'one commit, behind a word': pinned([base(ONE)], IMAGE, `sha-${ONE.slice(0, 7)}`),
    'an image of another repository': pinned([base(ONE)], 'registry.shop.example/shop/checkout-migrate', TWO),
    'a base of another repository': pinned([`https://github.com/shop/ledger/deploy?ref=${ONE}`], IMAGE, TWO),
    'a folder of a repository that is called like the image': pinned([`https://github.com/shop/ledger/checkout?ref=${ONE}`], IMAGE, TWO),
    'two bases, one of them at the commit of the image': pinned([base(ONE), `${base(TWO)}`], IMAGE, TWO),
    'a version': pinned([base('v1.14.2')], IMAGE, TWO),
    'the version of an image': pinned([base(ONE)], IMAGE, '1.14.2'),
    'a number of a build': pinned([base(ONE)], IMAGE, '"1234567"'),
  },
  invalid: {
    'two commits': pinned([base(ONE)], IMAGE, `${TWO} # error: mismatched prod`),
    'two commits in short': pinned([base(ONE.slice(0, 8))], IMAGE, `${TWO.slice(0, 8)} # error: mismatched`),
    'another owner of the image': pinned([base(ONE)], 'quay.io/builds/checkout', `${TWO} # error: mismatched`),
    'a folder behind two slashes': pinned([`https://git.shop.example/teams/shop/checkout//deploy?ref=${ONE}`], IMAGE, `${TWO} # error: mismatched`),
    'an address that ends in .git': pinned([`https://git.shop.example/shop/checkout.git/deploy?ref=${ONE}`], IMAGE, `${TWO} # error: mismatched`),
    'an address for SSH': pinned([`git@github.com:shop/checkout.git?ref=${ONE}`], IMAGE, `${TWO} # error: mismatched`),
    'a new name of the image': {
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(
        [base(ONE)],
        `images:\n  - name: checkout-image\n    newName: ${IMAGE}\n    newTag: ${TWO} # error: mismatched\n`,
      ),
    },
    'staging, more weakly': pinned([base(ONE)], IMAGE, `${TWO} # error: mismatched`, 'apps/checkout/overlays/staging'),
    'lines that end as on Windows': {
      'apps/checkout/overlays/prod/kustomization.yaml': crlf(
        kustomization([base(ONE)], `images:\n  - name: ${IMAGE}\n    newTag: ${TWO} # error: mismatched\n`),
      ),
    },
  },
});
