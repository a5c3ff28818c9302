import { Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './EmptyState.module.css'

interface EmptyStateProps {
  title: string
  /** What to do next. */
  children: ReactNode
}

/** What a list shows when nothing is in it yet: why, and the next step. */
export function EmptyState({ title, children }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      <Title order={2} size="h3">
        {title}
      </Title>
      <Text component="div" size="sm" c="dimmed" className={classes.text}>
        {children}
      </Text>
    </div>
  )
}
