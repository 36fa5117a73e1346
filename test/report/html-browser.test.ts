import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everything } from '../../fixtures/results/everything.ts';
import { rules } from '../../rules/index.ts';
import { html } from '../../src/report/html/html.ts';
import { findBrowser, openPage, type Page } from '../support/browser.ts';
import { lintTree } from '../support/rule-tester.ts';
import { shop } from './html-shop.ts';

const browser = findBrowser();
if (!browser) console.warn('test/report/html-browser.test.ts: there is no chromium or google-chrome on the path: the HTML report is NOT tried in a browser');

/** The report of everything that there is, with the tables of a true repository. */
describe.skipIf(!browser)('the page in a browser', () => {
  let page: Page;
  let folder: string;
  let url: string;

  beforeAll(async () => {
    const { tables } = await lintTree(shop, rules);
    folder = mkdtempSync(path.join(tmpdir(), 'gitops-lint-page-'));
    const file = path.join(folder, 'report.html');
    const shared = everything.findings.at(-1);
    if (!shared) throw new Error('there is a finding');
    const findings = [
      ...everything.findings,
      { ...shared, ruleId: 'cross-environment-base', severity: 'info' as const, app: undefined, variants: ['ledger@prod-eu', 'tools'] },
    ];
    writeFileSync(file, html({ ...everything, findings, tables }, { color: false, width: 100, verbose: false, quiet: false }));
    url = pathToFileURL(file).href;
    page = await openPage(browser ?? '');
  });
  afterAll(async () => {
    await page?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Rules of the findings that are to be seen. */
  const shown = () => page.ask<string[]>(`[...document.querySelectorAll('.f')].filter((one) => one.checkVisibility()).map((one) => one.dataset.rule)`);
  const set = (name: string, value: string) =>
    page.ask(
      `(() => { const field = document.querySelector('[name=${name}]'); field.value = ${JSON.stringify(value)}; field.dispatchEvent(new Event('change', { bubbles: true })); })()`,
    );
  const said = () => page.ask<string>(`document.getElementById('shown').textContent`);
  const focused = () => page.ask<string>(`(document.activeElement.id || document.activeElement.textContent)`);

  it.each([
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const)('does not scroll sideways at %i, asks for nothing and complains of nothing: %s', async (width, scheme) => {
    await page.look(width, scheme);
    await page.open(url);
    await page.ask(`document.getElementById('fold').click(), document.querySelectorAll('details').forEach((one) => { one.open = true; })`);
    expect(await page.ask(`document.documentElement.scrollWidth - document.documentElement.clientWidth`)).toBe(0);
    expect(await page.ask(`getComputedStyle(document.body).backgroundColor`)).toBe(scheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(20, 22, 26)');
    expect(new Set(page.requests)).toEqual(new Set(['about:blank', url, 'data:,'].filter((one) => page.requests.includes(one))));
    expect(page.complaints).toEqual([]);
  });

  it('filters by severity, environment, app, rule and text, and says how many are left', async () => {
    await page.open(url);
    const all = await page.ask<number>(`document.querySelectorAll('.f').length`);
    expect(await said()).toBe(`${all} findings`);
    await set('rule', 'duplicate-key');
    expect(await shown()).toEqual(['duplicate-key']);
    expect(await said()).toBe(`1 of ${all} findings`);
    await page.ask(`document.querySelector('button[type=reset]').click(), new Promise((resolve) => setTimeout(resolve, 20))`);
    expect(await said()).toBe(`${all} findings`);
    await set('environment', 'dev');
    expect(await shown()).toEqual(['unanalysed-input']);
    await set('environment', '');
    await set('app', 'checkout');
    expect(new Set(await shown())).toEqual(new Set(['missing-config-key', 'redundant-override']));
    await page.ask(`document.querySelector('[name=severity][value=warning]').click()`);
    expect(await shown()).toEqual(['missing-config-key']);
    await page.ask(`document.querySelector('[name=severity][value=error]').click()`);
    expect(await page.ask(`document.getElementById('nothing').checkVisibility()`)).toBe(true);
  });

  it('is used by keyboard: the skip link comes first, "/" goes to the text, Escape empties it', async () => {
    await page.open(url);
    await page.press('Tab');
    expect(await focused()).toBe('Skip to the findings');
    await page.press('/');
    expect(await focused()).toBe('q');
    for (const key of 'TIMEOUT') await page.press(key);
    expect(await page.ask(`new Promise((resolve) => setTimeout(() => resolve(document.getElementById('q').value), 150))`)).toBe('TIMEOUT');
    expect(await shown()).toEqual(['missing-config-key']);
    await page.press('/');
    expect(await page.ask(`document.getElementById('q').value`), 'within the text it is a sign as any other').toBe('TIMEOUT/');
    await page.press('Escape');
    expect((await shown()).length).toBeGreaterThan(1);
  });

  it('shows what a number of the matrix counts, and what an address points at', async () => {
    await page.open(url);
    await page.ask(`document.querySelector('#health a.error').click(), new Promise((resolve) => setTimeout(resolve, 50))`);
    expect(await shown()).toEqual(['missing-config-key']);
    expect(await focused()).toBe('findings-h');
    // A line that several apps share: it counts for each of them.
    await page.ask(
      `[...document.querySelectorAll('#health a')].find((one) => one.dataset.app === 'tools').click(), new Promise((resolve) => setTimeout(resolve, 50))`,
    );
    expect(await shown()).toEqual(['cross-environment-base']);
    const last = await page.ask<string>(`[...document.querySelectorAll('.f')].at(-1).id`);
    await page.open(`${url}#${last}`);
    expect(await page.ask(`document.querySelector('#${last} pre')?.checkVisibility()`)).toBe(true);
  });

  it('is dark or light by the switch, whatever the system is', async () => {
    await page.look(1280, 'light');
    await page.open(url);
    const ground = () => page.ask<string>(`document.getElementById('theme').click(), getComputedStyle(document.body).backgroundColor`);
    expect([await ground(), await ground(), await ground()]).toEqual(['rgb(20, 22, 26)', 'rgb(255, 255, 255)', 'rgb(255, 255, 255)']);
  });

  it('is printed in dark ink, whatever it looks like on the screen', async () => {
    await page.open(url);
    await page.ask(`document.documentElement.dataset.theme = 'dark'`);
    await page.send('Emulation.setEmulatedMedia', { media: 'print', features: [{ name: 'prefers-color-scheme', value: 'dark' }] });
    expect(await page.ask(`getComputedStyle(document.body).color`)).toBe('rgb(27, 30, 35)');
    await page.send('Emulation.setEmulatedMedia', { media: '' });
  });

  it('has everything without scripts, and no control that would do nothing', async () => {
    await page.send('Emulation.setScriptExecutionDisabled', { value: true });
    await page.open(url);
    await page.send('Emulation.setScriptExecutionDisabled', { value: false });
    const controls = await page.ask(`[...document.querySelectorAll('form, button')].filter((one) => one.checkVisibility()).length`);
    expect(controls).toBe(0);
    expect((await shown()).length).toBeGreaterThan(1);
    expect(await page.ask(`document.body.textContent.includes('PAYMENT_TIMEOUT_MS=3000')`)).toBe(true);
  });
});
