import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { api, unwrap, type ModelFilters, type Schemas } from './client'

/*
 * One query for each resource of the REST API. Keys are hierarchical: everything
 * in a project is below ['project', name], so that an event of the project
 * refreshes only the resources that have changed.
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

/** The traces that have not ended. One page is enough: there are few. */
export const activeTracesQuery = (project: string) =>
  queryOptions({
    queryKey: [...keys.traces(project), 'active'],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/projects/{project}/traces', {
          params: { path: { project }, query: { state: 'open', limit: 500 } },
          signal,
        }),
      ),
  })

/** The traces that have ended, newest first, one page at a time. */
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

/** The first page of traces, active and ended, newest first. */
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

/** Returns the mutation that changes a trace of a project, and calls `onChanged` afterwards. */
export function useChangeTrace(project: string, onChanged: () => void) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id, body }: { id: string; body: Schemas['TraceChange'] }) =>
      unwrap(
        api.PATCH('/api/v1/projects/{project}/traces/{trace}', { params: { path: { project, trace: id } }, body }),
      ),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keys.traces(project) })
      onChanged()
    },
  })
}
