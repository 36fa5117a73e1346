import { describe, expect, it } from 'vitest';
import { waitingValues } from '../../../src/discover/deployers/waiting-values.ts';

const chart = (root: string) => ({ root, renderer: 'helm' }) as const;
const inEnv = (environment: string, ...roots: readonly string[]) => roots.map((root) => ({ environment, holder: 'clusters', targets: [chart(root)] }));
const values = (root: string, environment: string) => ({ ...chart(root), environment });

describe('values of a chart wait', () => {
  it('where their environment gets other charts, and other environments this one', () => {
    const isWaiting = waitingValues([...inEnv('prod', 'apps/checkout'), ...inEnv('dev', 'apps/ledger')]);
    expect(isWaiting(values('apps/ledger', 'prod'))).toBe(true);
  });

  it('where their environment gets most charts of that folder, and nobody this one', () => {
    const isWaiting = waitingValues(inEnv('prod', 'apps/checkout', 'apps/ledger', 'apps/storefront'));
    expect(isWaiting(values('apps/returns', 'prod'))).toBe(true);
  });

  it('but not where two other charts are all that is known', () => {
    const isWaiting = waitingValues(inEnv('prod', 'apps/checkout', 'apps/ledger', 'platform/proxy'));
    expect(isWaiting(values('apps/returns', 'prod'))).toBe(false);
  });

  it('nor where nothing is known of the environment', () => {
    const isWaiting = waitingValues(inEnv('dev', 'apps/checkout', 'apps/ledger', 'apps/storefront'));
    expect(isWaiting(values('apps/checkout', 'prod'))).toBe(false);
    expect(isWaiting(values('apps/returns', 'prod'))).toBe(false);
  });

  it('nor where they are what deploys the others', () => {
    const isWaiting = waitingValues(inEnv('prod', 'apps/checkout', 'apps/ledger', 'apps/storefront'));
    expect(isWaiting({ ...values('apps/all', 'prod'), key: 'clusters' })).toBe(false);
  });

  it('nor are folders without a chart such values', () => {
    const isWaiting = waitingValues(inEnv('prod', 'apps/checkout', 'apps/ledger', 'apps/storefront'));
    expect(isWaiting({ root: 'apps/returns', renderer: 'kustomize', environment: 'prod' })).toBe(false);
  });
});
