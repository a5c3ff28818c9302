import type { Schemas } from './client'

export type Problem = Schemas['Problem']

/** A request that the server refused, with what it said. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }
}

/** Reads a refusal's body; a proxy between us and the server may have written something else. */
export function problemOf(response: Pick<Response, 'status' | 'statusText'>, body: unknown): Problem {
  if (isProblem(body)) return body
  return {
    type: 'about:blank',
    title: response.statusText,
    status: response.status,
    detail: `The server answered ${response.status} ${response.statusText}`.trim() + ' without an explanation.',
    code: 'unknown',
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'detail' in body && 'status' in body
}

/** Says whether the request needs somebody to log in first. */
export function isUnauthorized(error: unknown): boolean {
  return error instanceof ApiError && error.problem.status === 401
}

/** The sentence to show for an error. */
export function describeError(error: unknown): string {
  if (error instanceof ApiError) return error.problem.detail
  if (error instanceof TypeError) return 'The server cannot be reached. Is it running, and are you online?'
  return error instanceof Error ? error.message : String(error)
}

/** What is wrong with one field of a form, if the server said so. */
export function fieldError(error: unknown, field: string): string | undefined {
  const detail = errorsOf(error).find((e) => e.field === field)?.detail
  return detail && `${detail.charAt(0).toUpperCase()}${detail.slice(1)}.`
}

/** Whether an error says nothing but what is wrong with these fields, so that it can stand beside them alone. */
export function isAbout(error: unknown, fields: string[]): boolean {
  const errors = errorsOf(error)
  return errors.length > 0 && errors.every((e) => fields.includes(e.field))
}

function errorsOf(error: unknown) {
  return error instanceof ApiError ? (error.problem.errors ?? []) : []
}
