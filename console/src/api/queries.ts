import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, unwrap, type ModelFilters } from './client'

/*
 * One entry per thing that the server tells. Keys are hierarchical: all that
 * belongs to a project stands under ['project', name], so that an event of the
 * project can refresh exactly what has changed.
 */

export const keys = {
  session: ['session'],
  setup: ['setup'],
  projects: ['projects'],
  apiKeys: ['api-keys'],
  project: (project: string) => ['project', project],
  daemons: (project: string) => ['project', project, 'daemons'],
  traces: (project: string) => ['project', project, 'traces'],
  model: (project: string) => ['project', project, 'model'],
} as const

export const sessionQuery = queryOptions({
  queryKey: keys.session,
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/session', { signal })),
  staleTime: Infinity,
})

export const setupQuery = queryOptions({
  queryKey: keys.setup,
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/setup', { signal })),
})

export const projectsQuery = queryOptions({
  queryKey: keys.projects,
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/projects', { signal })),
})

export const apiKeysQuery = queryOptions({
  queryKey: keys.apiKeys,
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/api-keys', { signal })),
})

export const projectQuery = (project: string) =>
  queryOptions({
    queryKey: keys.project(project),
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/projects/{project}', { params: { path: { project } }, signal })),
  })

export const daemonsQuery = (project: string) =>
  queryOptions({
    queryKey: keys.daemons(project),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/projects/{project}/daemons', { params: { path: { project } }, signal })),
  })

/** The traces that are on; there are few of them. */
export const activeTracesQuery = (project: string) =>
  queryOptions({
    queryKey: [...keys.traces(project), 'active'],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/projects/{project}/traces', {
          params: { path: { project }, query: { state: 'active', limit: 500 } },
          signal,
        }),
      ),
  })

/** The traces that have ended, newest first, a page at a time. */
export const endedTracesQuery = (project: string) =>
  infiniteQueryOptions({
    queryKey: [...keys.traces(project), 'ended'],
    queryFn: ({ pageParam: cursor, signal }) =>
      unwrap(
        api.GET('/api/v1/projects/{project}/traces', {
          params: { path: { project }, query: { state: 'ended', limit: 50, cursor } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
  })

/** The newest traces of either state, to choose one from. */
export const recentTracesQuery = (project: string) =>
  queryOptions({
    queryKey: [...keys.traces(project), 'recent'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/projects/{project}/traces', { params: { path: { project } }, signal })),
  })

export const modelQuery = (project: string, filters: ModelFilters) =>
  queryOptions({
    queryKey: [...keys.model(project), 'overview', filters],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/projects/{project}/model', { params: { path: { project }, query: filters }, signal }),
      ),
    placeholderData: keepPreviousData,
  })

export const endpointQuery = (project: string, endpoint: string, trace: string | undefined) =>
  queryOptions({
    queryKey: [...keys.model(project), 'endpoint', endpoint, trace ?? null],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/projects/{project}/model/endpoints/{endpoint}', {
          params: { path: { project, endpoint }, query: { trace } },
          signal,
        }),
      ),
  })
