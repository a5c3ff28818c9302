import { Button } from '@mantine/core'
import { Link, type ErrorComponentProps } from '@tanstack/react-router'
import { describeError } from '../api/problem'
import { EmptyState } from '../ui/EmptyState'
import { useTitle } from './useTitle'

/** The page shown when a page fails to load or to render. */
export function ErrorPage({ error }: ErrorComponentProps) {
  useTitle('Error')
  return (
    <main>
      <EmptyState title="This page could not be shown" level={1}>
        <p role="alert">{describeError(error)}</p>
        <Button
          variant="default"
          onClick={() => {
            window.location.reload()
          }}
        >
          Reload the page
        </Button>
      </EmptyState>
    </main>
  )
}

export function NotFoundPage() {
  useTitle('Not found')
  return (
    <main>
      <EmptyState title="Page not found" level={1}>
        <Link to="/">See all projects</Link>
      </EmptyState>
    </main>
  )
}
