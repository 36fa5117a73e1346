import { imagesOf, nearestWord, type Resource, textsOf } from '../../src/rule/index.ts';

/** Whether a container of the resource runs the image: an override would reach it, if only it came late enough. */
export function runs(resource: Resource, name: string): boolean {
  return imagesRunBy(resource).some((image) => isOf(image, name));
}

/** Whether a text of the resource names the image: a field that overrides do not know, or a file within a ConfigMap. */
export function holds(resource: Resource, name: string): boolean {
  const literal = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  // A short name without a tag is a word like any other, unless something says that it is an image.
  const alone = name.includes('/') ? '|["\'\\s,]|$' : '';
  const mention = new RegExp(`(?:^|[\\s"'=,])${literal}(?:[:@]\\w${alone})|image["']?\\s*[:=]\\s*["']?${literal}(?![\\w./-])`);
  return [...textsOf(resource.node)].some(({ key, text }) => mention.test(text) || (/image$/i.test(key) && isOf(text, name)));
}

/** The image that was probably meant: the same one of another registry, or one that is spelt almost alike. */
export function nearImage(resources: readonly Resource[], name: string): string | undefined {
  const names = [...new Set(resources.flatMap(imagesRunBy).map(nameOf))];
  const nearest = nearestWord(lastPart(nameOf(name)), names.map(lastPart));
  return nearest === undefined ? undefined : names.find((other) => lastPart(other) === nearest);
}

function imagesRunBy(resource: Resource): string[] {
  return [...imagesOf(resource)].filter(({ path }) => /^(?:c|initC)ontainers$/.test(String(path.at(-3)))).map(({ text }) => text);
}

function isOf(image: string, name: string): boolean {
  return image === name || image.startsWith(`${name}:`) || image.startsWith(`${name}@`);
}

/** An image without its tag and digest. A colon before a slash belongs to a port. */
function nameOf(image: string): string {
  return image.replace(/@.*$/, '').replace(/:[^:/]*$/, '');
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
