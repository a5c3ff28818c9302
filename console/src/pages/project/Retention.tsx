import { Alert, Button, NumberInput, Radio, Stack, Text } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type SyntheticEvent } from 'react'
import { api, unwrap } from '../../api/client'
import { fieldError } from '../../api/problem'
import { keys } from '../../api/queries'
import { ErrorNotice } from '../../ui/ErrorNotice'
import { Panel } from '../../ui/Panel'
import { describeRetention, MAX_DAYS } from './days'

interface RetentionProps {
  /** The project in the URL. */
  param: string
  /** Days for which calls are kept; null: for ever. */
  days: number | null
}

/** The form that sets how long the calls of a project are kept. */
export function Retention({ param, days: saved }: RetentionProps) {
  const queryClient = useQueryClient()
  const [forever, setForever] = useState(saved === null)
  const [days, setDays] = useState<number | string>(saved ?? 90)
  const save = useMutation({
    mutationFn: (retentionDays: number | null) =>
      unwrap(
        api.PATCH('/api/v1/projects/{project}', {
          params: { path: { project: param } },
          body: { retention_days: retentionDays },
        }),
      ),
    onSuccess: (project) => {
      queryClient.setQueryData(keys.project(param), project)
    },
  })
  const chosen = forever ? null : Number(days)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    save.mutate(chosen)
  }
  const change = (set: () => void) => {
    set()
    if (!save.isIdle) save.reset()
  }

  return (
    <Panel title="Retention">
      <form onSubmit={submit}>
        <Stack gap="md" maw="26rem">
          <Radio.Group
            label="Keep calls"
            value={forever ? 'forever' : 'days'}
            onChange={(value) => {
              change(() => {
                setForever(value === 'forever')
              })
            }}
          >
            <Stack gap="xs" mt="xs">
              <Radio value="forever" label="For ever" />
              <Radio value="days" label="For a number of days" />
            </Stack>
          </Radio.Group>
          {!forever && (
            <NumberInput
              label="Days"
              description={`Whole days, 1 to ${MAX_DAYS}.`}
              min={1}
              max={MAX_DAYS}
              allowDecimal={false}
              allowNegative={false}
              required
              value={days}
              onChange={(value) => {
                change(() => {
                  setDays(value)
                })
              }}
              error={fieldError(save.error, 'retention_days')}
            />
          )}
          <Text size="sm" c="dimmed" role="status">
            {describeRetention(chosen)}
          </Text>
          <ErrorNotice error={save.error} title="The retention could not be saved" fields={['retention_days']} />
          {save.isSuccess && (
            <Alert color="green" icon={<IconCheck size={18} />} role="status">
              Saved.
            </Alert>
          )}
          <Button
            type="submit"
            loading={save.isPending}
            disabled={chosen === saved}
            style={{ alignSelf: 'flex-start' }}
          >
            Save
          </Button>
        </Stack>
      </form>
    </Panel>
  )
}
