import { ActionIcon, Tooltip } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { copyText } from './copyText'

interface CopyButtonProps {
  text: string
  /** Says what is copied: "Copy the secret". */
  label: string
}

const HINT_MS = 1_500

export function CopyButton({ text, label }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'copied' | 'failed'>()

  useEffect(() => {
    if (outcome === undefined) return
    const timer = setTimeout(() => {
      setOutcome(undefined)
    }, HINT_MS)
    return () => {
      clearTimeout(timer)
    }
  }, [outcome])

  const copy = async () => {
    setOutcome((await copyText(text)) ? 'copied' : 'failed')
  }
  const Icon = { copied: IconCheck, failed: IconAlertTriangle, none: IconCopy }[outcome ?? 'none']
  const hint = {
    copied: 'Copied',
    failed: 'Could not copy. Select the text and copy it.',
    none: label,
  }[outcome ?? 'none']

  return (
    <Tooltip label={hint} openDelay={outcome === undefined ? 400 : 0} position="left" withinPortal>
      <ActionIcon
        variant="subtle"
        color={outcome === 'copied' ? 'green' : 'gray'}
        aria-label={label}
        onClick={() => void copy()}
      >
        <Icon size={16} />
      </ActionIcon>
    </Tooltip>
  )
}
