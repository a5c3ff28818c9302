import { Skeleton, Stack } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ErrorNotice } from './ErrorNotice'

interface LoadedProps<T> {
  query: UseQueryResult<T>
  /** The title of the error: "The daemons could not be loaded". */
  title: string
  children: (data: T) => ReactNode
}

/**
 * Shows the data of a query, or its error, or that it is loading. Data stays on
 * screen while it is refetched, and also if that fails: the header then shows that
 * there is no connection.
 */
export function Loaded<T>({ query, title, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data)
  if (query.isError) return <ErrorNotice error={query.error} title={title} onRetry={() => void query.refetch()} />
  return <Loading />
}

/** Grey lines in place of the text that is being loaded. */
export function Loading() {
  return (
    <Stack gap="sm" role="status" aria-label="Loading">
      <Skeleton height={16} width="40%" />
      <Skeleton height={16} />
      <Skeleton height={16} width="85%" />
    </Stack>
  )
}
