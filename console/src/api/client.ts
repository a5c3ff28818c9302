import createClient from 'openapi-fetch'
import type { components, paths } from './schema'
import { ApiError, problemOf } from './problem'

/** The wire types, as internal/api/openapi.yaml describes them. */
export type Schemas = components['schemas']

/** Which endpoints of a model are shown; absent lets everything through. */
export type ModelFilters = NonNullable<paths['/api/v1/projects/{project}/model']['get']['parameters']['query']>

/** The one way to the server: typed by the contract, same origin, session cookie. */
export const api = createClient<paths>({ baseUrl: window.location.origin })

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** Returns what a call answers, or throws an ApiError with the server's problem. */
export async function unwrap<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call
  if (!response.ok) throw new ApiError(problemOf(response, error))
  return data as T
}
