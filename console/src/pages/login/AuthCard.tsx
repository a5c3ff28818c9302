import { Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { Logo } from '../../ui/Logo'
import classes from './AuthCard.module.css'

/** The frame of the pages that need no login. */
export function AuthCard({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={classes.page}>
      <div className={classes.brand}>
        <Logo size={36} />
        <span>Akita</span>
      </div>
      <section className={classes.card}>
        <Title order={1} mb="md">
          {title}
        </Title>
        {children}
      </section>
    </main>
  )
}
