import { parseImageReference } from './kubernetes/image-reference.ts';
import { isItemStep, isSetting } from './leaves.ts';
import { formsOf, type Place } from './places.ts';

/** What kind of difference it is, by what people would say to it. */
export type DifferenceClass = 'version' | 'scale' | 'host' | 'config' | 'keys' | 'shape';

/** In the order of reports, with what each is called there. */
export const DIFFERENCE_CLASSES: Readonly<Record<DifferenceClass, string>> = {
  version: 'versions',
  scale: 'replicas and resources',
  host: 'hosts',
  config: 'config values',
  keys: 'key sets',
  shape: 'shape',
};

const VERSION = /^(?:image|newTag|tag|digest|version|appVersion|targetRevision|chartVersion|app\.kubernetes\.io\/version|helm\.sh\/chart)$/;
const SCALE =
  /^(?:replicas|minReplicas|maxReplicas|minReplicaCount|maxReplicaCount|minAvailable|maxUnavailable|maxSurge|averageUtilization|parallelism|storage|cpu|memory|ephemeral-storage|instances|storageSize|targetCPUUtilizationPercentage)$/;
const IN_SCALE = new Set(['resources', 'limits', 'requests', 'resourceRequests']);
const HOST = /^(?:hosts?|hostnames?|dnsNames|commonName|url|server|endpoint|domain|address|repoURL|external-dns\..*\/hostname)$/i;
const HOST_SETTING = /(?:^|[_.-])(?:hosts?|hostname|urls?|uri|endpoints?|domains?|address|addr|servers?|origins?)$/i;
const VERSION_SETTING = /[_-](?:version|tag|image)$/i;
const ADDRESS = /^(?:[a-z][a-z\d+.-]*:\/\/\S+|(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,}(?::\d+)?(?:\/\S*)?)$/i;
/** Where programs, charts and controllers are told their settings. */
const IN_SETTINGS = new Set(['annotations', 'args', 'command', 'values', 'valuesObject', 'parameters', 'config', 'configOverrides', 'settings', 'substitute']);

/** The class of a difference at a place. */
export function differenceClassOf(place: Place): DifferenceClass {
  const { kind, steps, lacking } = place;
  const names = steps.filter((step) => !isItemStep(step));
  const last = names.at(-1) ?? '';
  const isScale = SCALE.test(last) || (names[0] !== 'rules' && names.some((name) => IN_SCALE.has(name)));
  if (lacking.length > 0) return isSetting(kind, steps) ? 'keys' : isScale && names[0] === 'spec' ? 'scale' : 'shape';
  const texts = formsOf(place).flatMap(([one]) => (one?.leaf.node.kind === 'scalar' ? one.leaf.node.text : []));
  if (VERSION_SETTING.test(last === 'value' || isSetting(kind, steps) ? (place.key ?? '') : last) && last !== 'image') return 'version';
  if (isSetting(kind, steps)) return areHosts(texts) || (HOST_SETTING.test(place.key ?? '') && !texts.every(isSwitch)) ? 'host' : 'config';
  if (last === 'image') return new Set(texts.map((text) => parseImageReference(text)?.name ?? text)).size === 1 ? 'version' : 'shape';
  if (VERSION.test(last)) return 'version';
  if (isScale) return 'scale';
  if (HOST.test(last) || areHosts(texts)) return 'host';
  return names.some((name) => IN_SETTINGS.has(name)) ? 'config' : 'shape';
}

/** Of a host somebody may say whether, and not only which. */
function isSwitch(text: string): boolean {
  return /^(?:true|false|yes|no|on|off|\d+)$/i.test(text);
}

function areHosts(texts: readonly string[]): boolean {
  return texts.length > 0 && texts.every((text) => ADDRESS.test(text));
}
