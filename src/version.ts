/** The version of the package; a test holds it against package.json. */
export const VERSION = '0.1.0';

/** The address below which docs/ and rules/ are read, without a slash at its end; undefined as long as they have none. */
export const DOCS: string | undefined = undefined;
