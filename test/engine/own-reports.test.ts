import { describe, expect, it } from 'vitest';
import { everything } from '../../fixtures/results/everything.ts';
import { namedInTexts } from '../../src/engine/named-in-texts.ts';
import { REPORTERS } from '../../src/report/index.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';

/** A file that the report tells of, in every format. */
const TOLD = 'apps/ledger/base/kustomization.yaml';
const EXTENSIONS: Readonly<Record<string, string>> = { json: 'json', sarif: 'sarif', gitlab: 'json', rdjson: 'json', html: 'html', markdown: 'md' };

describe('a report that lies about', () => {
  it.each([...REPORTERS])('of %s includes nothing: the next run finds what the first one found', async (name, load) => {
    const text = (await load())(everything, { color: false, width: 100, verbose: true, quiet: false });
    expect(text).toContain(TOLD);
    const workspace = memoryWorkspace({ [`reports/of.${EXTENSIONS[name] ?? 'txt'}`]: text });
    expect([...namedInTexts(workspace, [TOLD], new Set())]).toEqual([]);
  });

  it('is no other file: what a script or a page names is meant', () => {
    const workspace = memoryWorkspace({ 'docs/apply.md': `kubectl apply -f ${TOLD}\n` });
    expect([...namedInTexts(workspace, [TOLD], new Set())]).toEqual([TOLD]);
  });
});
