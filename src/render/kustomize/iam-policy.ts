import { childOf, type Entry, type Mapping, mapping, type Node, type Origin, type Scalar, scalar, textOf } from '../../tree/node.ts';
import { type LayeredResource, layeredResource } from './layered-resource.ts';
import { Refusal } from './refusal.ts';
import { originAs, stringScalar } from './writing.ts';

/** The service account that lets a workload act for one of Google Cloud. Throws a `Refusal` for other clouds. */
export function generateServiceAccount(config: Mapping): LayeredResource {
  const cloud = textOf(config, 'cloud');
  if (cloud !== 'gke') throw new Refusal('invalid-kustomization', `there is no generator for the cloud "${cloud ?? ''}"`, config.origin);
  const [account, service] = [childOf(config, 'serviceAccount'), childOf(config, 'kubernetesService')];
  const origin: Origin = { ...originAs(config.origin, 'generator'), precision: 'entry' };
  const word = (text: string): Scalar => stringScalar(text, origin);
  const entry = (key: string, value: Node): Entry => ({ key: scalar(key, 'plain', origin), value });
  const address = `${textOf(account, 'name') ?? ''}@${textOf(account, 'projectId') ?? ''}.iam.gserviceaccount.com`;
  const namespace = textOf(service, 'namespace') ?? '';
  const metadata = [
    entry('annotations', mapping([entry('iam.gke.io/gcp-service-account', word(address))], origin)),
    entry('name', word(textOf(service, 'name') ?? '')),
    ...(namespace === '' ? [] : [entry('namespace', word(namespace))]),
  ];
  return layeredResource(
    mapping([entry('apiVersion', word('v1')), entry('kind', word('ServiceAccount')), entry('metadata', mapping(metadata, origin))], origin),
  );
}
