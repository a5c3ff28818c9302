import { Skeleton, Stack } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ErrorNotice } from './ErrorNotice'

interface LoadedProps<T> {
  query: UseQueryResult<T>
  /** What failed if it does, as in "The daemons could not be loaded". */
  title: string
  children: (data: T) => ReactNode
}

/**
 * Shows a query's data, its first loading or its error. Data once shown stays
 * while it is fetched again, even where that fails: the header says so then.
 */
export function Loaded<T>({ query, title, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data)
  if (query.isError) return <ErrorNotice error={query.error} title={title} onRetry={() => void query.refetch()} />
  return <Loading />
}

/** Grey lines where text will stand. */
export function Loading() {
  return (
    <Stack gap="sm" role="status" aria-label="Loading">
      <Skeleton height={16} width="40%" />
      <Skeleton height={16} />
      <Skeleton height={16} width="85%" />
    </Stack>
  )
}
