import { Button, Modal, NumberInput, Stack, Text } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import type { Schemas } from '../../api/client'
import { fieldError } from '../../api/problem'
import { useChangeTrace } from '../../api/queries'
import { DialogButtons } from '../../ui/DialogButtons'
import { ErrorNotice } from '../../ui/ErrorNotice'
import { PointInTime } from '../../ui/Time'
import type { TraceModalProps } from './TraceModals'
import { extendedEnd, MAX_HOURS } from './window'

/** Asks for the hours to add to the end of a trace. */
export function ExtendTraceModal({ project, trace, onClose }: TraceModalProps) {
  return (
    <Modal opened={trace !== undefined} onClose={onClose} title={trace ? `Extend ${trace.name}` : ''}>
      {trace && <ExtendTraceForm project={project} trace={trace} onClose={onClose} />}
    </Modal>
  )
}

interface ExtendTraceFormProps {
  project: string
  trace: Schemas['Trace']
  onClose: () => void
}

function ExtendTraceForm({ project, trace, onClose }: ExtendTraceFormProps) {
  const [hours, setHours] = useState<number | string>(1)
  const extend = useChangeTrace(project, onClose)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    extend.mutate({ id: trace.id, body: { extend_hours: Number(hours) } })
  }
  const end = extendedEnd(trace.end, hours)

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <ErrorNotice error={extend.error} fields={['extend_hours']} />
        <NumberInput
          label="Hours to add"
          description={`Whole hours, 1 to ${MAX_HOURS}.`}
          min={1}
          max={MAX_HOURS}
          allowDecimal={false}
          allowNegative={false}
          required
          data-autofocus
          value={hours}
          onChange={setHours}
          error={fieldError(extend.error, 'extend_hours')}
        />
        {end !== undefined && (
          <Text size="sm" role="status">
            New end: <PointInTime time={end} />
          </Text>
        )}
        <DialogButtons onCancel={onClose}>
          <Button type="submit" loading={extend.isPending}>
            Extend
          </Button>
        </DialogButtons>
      </Stack>
    </form>
  )
}
