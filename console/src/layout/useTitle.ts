import { useDocumentTitle } from '@mantine/hooks'

/** Sets the title of the browser's tab. The most specific part comes first. */
export function useTitle(...parts: string[]) {
  useDocumentTitle([...parts, 'Akita'].join(' · '))
}
