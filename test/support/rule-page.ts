import type { Tree } from './rule-tester.ts';

/** The examples of a rule's page: the files under "Incorrect" and "Correct", each with its path in `title`. */
export function examplesOf(markdown: string): { readonly incorrect: Tree; readonly correct: Tree } {
  return { incorrect: treeOf(sectionOf(markdown, 'Incorrect')), correct: treeOf(sectionOf(markdown, 'Correct')) };
}

export function headingsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading ?? '');
}

function sectionOf(markdown: string, heading: string): string {
  return markdown.split(/^## /m).find((section) => section.startsWith(`${heading}\n`)) ?? '';
}

function treeOf(section: string): Tree {
  return Object.fromEntries([...section.matchAll(/```\w* title="([^"]+)"\n(.*?)```/gs)].map(([, path, text]) => [path ?? '', text ?? '']));
}
