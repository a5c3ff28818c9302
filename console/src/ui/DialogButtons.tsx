import { Button, Group } from '@mantine/core'
import type { ReactNode } from 'react'

interface DialogButtonsProps {
  onCancel: () => void
  /** Nothing can be cancelled at present. */
  cancelDisabled?: boolean
  /** The focus is on Cancel when the dialog opens, since the other button destroys something. */
  focusCancel?: boolean
  /** The button that does what the dialog asks. */
  children: ReactNode
}

/** The buttons at the end of a dialog. */
export function DialogButtons({ onCancel, cancelDisabled, focusCancel, children }: DialogButtonsProps) {
  return (
    <Group justify="flex-end" gap="xs">
      <Button variant="default" onClick={onCancel} disabled={cancelDisabled} data-autofocus={focusCancel}>
        Cancel
      </Button>
      {children}
    </Group>
  )
}
