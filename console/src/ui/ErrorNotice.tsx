import { Alert, Button } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { describeError, isAbout } from '../api/problem'

interface ErrorNoticeProps {
  /** Nothing is shown without one. */
  error: unknown
  /** What failed, as in "The API keys could not be loaded". */
  title?: string
  /** Fields that show their own errors: nothing is shown where only they are wrong. */
  fields?: string[]
  onRetry?: () => void
}

/** An error as a clear message, with what the server says to do next. */
export function ErrorNotice({ error, title, fields = [], onRetry }: ErrorNoticeProps) {
  if (error === null || error === undefined || isAbout(error, fields)) return null
  return (
    <Alert color="red" variant="light" icon={<IconAlertCircle size={18} />} title={title} role="alert">
      {describeError(error)}
      {onRetry && (
        <Button variant="default" size="compact-sm" mt="xs" display="block" onClick={onRetry}>
          Try again
        </Button>
      )}
    </Alert>
  )
}
