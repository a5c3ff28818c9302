import { ActionIcon, Menu } from '@mantine/core'
import { IconClockPlus, IconDots, IconPencil, IconTrash } from '@tabler/icons-react'
import type { Schemas } from '../../api/client'

/** What can be done with a trace in a dialog. */
export type TraceAction = 'rename' | 'extend' | 'delete'

/** Opens the dialog of an action. */
export type OnTraceAction = (action: TraceAction, trace: Schemas['Trace']) => void

interface TraceMenuProps {
  trace: Schemas['Trace']
  onAction: OnTraceAction
}

/** The actions of one trace. A trace without an end, or one that has ended, cannot be extended. */
export function TraceMenu({ trace, onAction }: TraceMenuProps) {
  const canExtend = trace.state !== 'ended' && trace.end !== null
  return (
    <Menu position="bottom-end" width={180} withinPortal>
      <Menu.Target>
        <ActionIcon variant="default" size="md" aria-label={`Actions for ${trace.name}`}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconPencil size={16} aria-hidden />}
          onClick={() => {
            onAction('rename', trace)
          }}
        >
          Rename
        </Menu.Item>
        {canExtend && (
          <Menu.Item
            leftSection={<IconClockPlus size={16} aria-hidden />}
            onClick={() => {
              onAction('extend', trace)
            }}
          >
            Extend
          </Menu.Item>
        )}
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={() => {
            onAction('delete', trace)
          }}
        >
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
