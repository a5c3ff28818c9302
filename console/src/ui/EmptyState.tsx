import { Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './EmptyState.module.css'

interface EmptyStateProps {
  title: string
  /** The level of the heading: 1 if this is the whole page. Default 2. */
  level?: 1 | 2
  /** What to do next. */
  children: ReactNode
}

/** Replaces an empty list or page: says why it is empty and what to do next. */
export function EmptyState({ title, level = 2, children }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      <Title order={level} size="h3">
        {title}
      </Title>
      <Text component="div" size="sm" c="dimmed" className={classes.text}>
        {children}
      </Text>
    </div>
  )
}
