import { Progress, Text } from '@mantine/core'

/** Shows that the server is deleting. It does not say how far it is, only when it is done. */
export function PurgeProgress({ active }: { active: boolean }) {
  return (
    <div role="status">
      {active && (
        <>
          <Progress value={100} striped animated size="sm" mb={6} aria-label="Deleting" />
          <Text size="sm" c="dimmed">
            Deleting. The server removes the bytes from all its files, which takes some seconds.
          </Text>
        </>
      )}
    </div>
  )
}
