/** What a text is to whoever reads it as a setting. `text` is anything else. */
export type ValueClass = 'a boolean' | 'a number' | 'a size' | 'a duration' | 'a URL' | 'JSON' | 'a text';

const CLASSES: readonly (readonly [ValueClass, RegExp])[] = [
  ['a boolean', /^(?:true|false)$/i],
  ['a number', /^[-+]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[-+]?\d+)?$/i],
  // Go's time.ParseDuration, with the days and weeks that others add.
  ['a duration', /^-?(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h|d|w))+$/],
  ['a size', /^\d+(?:\.\d+)?\s?(?:[KMGTPE]i?B?|k|B)$/],
  ['a URL', /^[a-z][a-z\d+.-]*:\/\/\S+$/i],
];

/** The class of a setting by its form. Units that are two things at once, such as `5m`, are taken for a duration. */
export function classOf(text: string): ValueClass {
  const trimmed = text.trim();
  const found = CLASSES.find(([, form]) => form.test(trimmed));
  return found ? found[0] : isJson(trimmed) ? 'JSON' : 'a text';
}

function isJson(text: string): boolean {
  if (!/^(?:\{[\s\S]*\}|\[[\s\S]*\])$/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
