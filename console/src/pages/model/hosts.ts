import type { Schemas } from '../../api/client'

type Endpoint = Pick<Schemas['Endpoint'], 'host' | 'hosts' | 'method' | 'path'>
type Host = Pick<Schemas['Host'], 'name' | 'api'>

/**
 * Whether hosts distinguish endpoints: they are of several APIs, or hosts of one API answer the same method and path
 * differently. Hosts that mirror each other do not.
 */
export function distinguishHosts(endpoints: Endpoint[], hosts: Host[]): boolean {
  const apis = new Map(hosts.map(({ name, api }) => [name, api]))
  return (
    new Set(endpoints.map(({ host }) => apis.get(host))).size > 1 ||
    new Set(endpoints.map(({ method, path }) => `${method} ${path}`)).size < endpoints.length
  )
}

/** The host of an endpoint and the number of its other hosts: "api.example.com +2". */
export function hostLabel({ host, hosts }: Endpoint): string {
  return hosts.length > 1 ? `${host} +${hosts.length - 1}` : host
}
