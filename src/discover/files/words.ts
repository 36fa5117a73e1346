import { isChannel, isNoEnvironment, isNumberedPreview, isShared, placeOf } from '../../model/vocabulary.ts';

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Sizes, machines, clouds, switches: files of that name are presets to choose from. */
const PRESETS = setOf(
  'xs small medium large xlarge xxlarge tiny mini minimal min max full lite light micro nano huge ' +
    'ha single standalone cluster clustered replicated replication distributed simple advanced basic enterprise community oss complete ' +
    'arm arm64 amd64 x86 s390x ppc64le gpu cpu cuda rocm windows linux ' +
    'aws eks gcp gke azure aks openshift ocp okd crc k3s k3d rke rke2 microk8s digitalocean ibm ibmcloud alibaba vsphere openstack baremetal metal onprem docker desktop cloud none ' +
    'tls mtls ssl https http oidc oauth oauth2 ldap saml sso rbac psp netpol autoscaling autoscale hpa keda pdb persistence persistent pvc ' +
    'airgap offline proxy external internal private public upstream patched dark crd crds',
);

/** Parts that many products have: a file of that name is for the part. */
const PARTS = setOf(
  'istio linkerd ingress nginx traefik gateway haproxy auth network metrics monitoring prometheus grafana logging loki tracing otel telemetry ' +
    'storage backup backups restore s3 minio redis valkey postgres postgresql mysql mariadb mongodb mongo kafka rabbitmq nats elasticsearch opensearch cassandra db database ' +
    'vault certmanager cert certs manager ui controller operator webhook worker workers api frontend backend web',
);

/** Helpers of those who work on a chart: they say nothing about the files beside them. */
const HELPERS = setOf(
  'ci canary example examples sample samples template templates tmpl tpl schema secret secrets credentials creds override overrides custom user users local-dev ' +
    'tests e2e deploy release releases operators lint debug trace quickstart tutorial docs readme old new bak backup orig extra extras additional image images resources legacy generated dist',
);

/** Folders whose files are values of charts, each named for what it is for. */
const VALUES_FOLDERS = setOf('values valuefiles values-files valuesfiles helm-values helm_values helmvalues chart-values helm-value-files');

/** Folders whose files may be settings of anything. */
const CONFIG_FOLDERS = setOf('config configs configuration settings vars variables params parameters');

/** Folders whose files say which version of each app runs. */
const VERSION_FOLDERS = /^(?:(?:image|helm|chart|app|release)[-_]?)?(?:tags?|versions?|releases)$/;

export function isValuesFolder(name: string): boolean {
  return VALUES_FOLDERS.has(name.toLowerCase());
}

export function isConfigFolder(name: string): boolean {
  return CONFIG_FOLDERS.has(name.toLowerCase());
}

export function isVersionFolder(name: string): boolean {
  return VERSION_FOLDERS.test(name.toLowerCase());
}

/** What a word of a file's name is for that names no environment: `open` is a name that says nothing. */
export type WordRole = 'shared' | 'preset' | 'helper' | 'place' | 'channel' | 'open';

/** The role of a name that the vocabulary does not know as an environment's. One word of a longer name is enough for a preset. */
export function roleOf(name: string): WordRole {
  const lower = name.toLowerCase();
  if (isShared(lower)) return 'shared';
  if (isHelper(lower) || isNoEnvironment(lower)) return 'helper';
  if (placeOf(lower)) return 'place';
  const words = lower.split(/[-_.]/);
  if (words.some((word) => PRESETS.has(word) || PARTS.has(word)) || /^v?\d+(?:[._-]\d+)*$/.test(lower) || /^[a-z]{1,2}$/.test(lower)) return 'preset';
  if (words.some((word) => HELPERS.has(word)) || isNumberedPreview(lower)) return 'helper';
  return isChannel(lower) ? 'channel' : 'open';
}

/** Whether a name is one of the helpers, such as `ci`, whatever else it may mean. */
export function isHelper(name: string): boolean {
  return HELPERS.has(name.toLowerCase());
}

/** Whether every word is that of a preset or helper: `prod-ha` is a preset for `prod`, `prod-sso-backup` need not be. */
export function isPlainPreset(name: string): boolean {
  return name.split(/[-_.]/).every((word) => PRESETS.has(word.toLowerCase()) || HELPERS.has(word.toLowerCase()));
}
