import createClient from 'openapi-fetch'
import type { components, paths } from './schema'
import { ApiError, problemOf } from './problem'

/** The types of requests and responses, generated from internal/api/openapi.yaml. */
export type Schemas = components['schemas']

/** Selects the endpoints of a model to show. A filter that is absent selects all of them. */
export type ModelFilters = NonNullable<paths['/api/v1/projects/{project}/model']['get']['parameters']['query']>

/** The client of the REST API, which is at the origin of the page. */
export const api = createClient<paths>()

interface Result<T> {
  data?: T
  error?: unknown
  response: Response
}

/** Returns the body of a successful response. Throws an ApiError for any other response. */
export async function unwrap<T>(call: Promise<Result<T>>): Promise<T> {
  const { data, error, response } = await call
  if (!response.ok) throw new ApiError(problemOf(response, error))
  return data as T
}
