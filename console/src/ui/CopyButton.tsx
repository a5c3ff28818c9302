import { ActionIcon, Tooltip } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { copyText } from './copyText'

interface CopyButtonProps {
  text: string
  /** What is copied, as in "Copy the secret". */
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
  const hint = { copied: 'Copied', failed: 'Select it and copy by hand', none: label }[outcome ?? 'none']

  return (
    <Tooltip label={hint} openDelay={outcome === undefined ? 400 : 0} position="left" withinPortal>
      <ActionIcon variant="subtle" color={outcome === 'copied' ? 'green' : 'gray'} aria-label={label} onClick={() => void copy()}>
        {outcome === 'copied' ? <IconCheck size={16} /> : outcome === 'failed' ? <IconAlertTriangle size={16} /> : <IconCopy size={16} />}
      </ActionIcon>
    </Tooltip>
  )
}
