import { Alert, Button } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { concernsOnly, describeError } from '../api/problem'

interface ErrorNoticeProps {
  /** The error to show; without one, nothing is shown. */
  error: unknown
  /** What failed: "The API keys could not be loaded". */
  title?: string
  /** The fields that show their own errors. An error that concerns only these is not shown here. */
  fields?: string[]
  onRetry?: () => void
}

/** Shows an error message, and a button to try again. */
export function ErrorNotice({ error, title, fields = [], onRetry }: ErrorNoticeProps) {
  if (error === null || error === undefined || concernsOnly(error, fields)) return null
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
