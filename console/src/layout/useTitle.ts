import { useDocumentTitle } from '@mantine/hooks'

/** Names the page in the browser's tab, the most particular part first. */
export function useTitle(...parts: string[]) {
  useDocumentTitle([...parts, 'Akita'].join(' · '))
}
