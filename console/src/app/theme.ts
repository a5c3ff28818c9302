import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'

/** The red fawn of an Akita's coat. Shade 7 is for white text on it, shade 4 for dark backgrounds. */
const fawn: MantineColorsTuple = [
  '#fdf4ef', '#f8e4d9', '#efc5ae', '#e8a884', '#e08d60', '#d4723d', '#c4592a', '#b0471b', '#953a14', '#782d0e',
]

/** Cool greys, with more contrast between surfaces than Mantine's greys have. */
const dark: MantineColorsTuple = [
  '#dcdfe4', '#bcc1c9', '#969ca6', '#717781', '#3c414a', '#2f333a', '#23262c', '#17191d', '#121417', '#0d0f11',
]

export const theme = createTheme({
  colors: { fawn, dark },
  primaryColor: 'fawn',
  primaryShade: 7,
  black: '#1b1e24',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.4' },
      h2: { fontSize: '1rem', lineHeight: '1.5' },
      h3: { fontSize: '0.875rem', lineHeight: '1.5' },
    },
  },
  components: {
    // Links in text must differ from it in more than colour (WCAG 1.4.1).
    Anchor: { defaultProps: { underline: 'always' } },
    // All fields are required, so marking them says nothing.
    TextInput: { defaultProps: { withAsterisk: false } },
    NumberInput: { defaultProps: { withAsterisk: false } },
    Select: { defaultProps: { withAsterisk: false } },
    PasswordInput: {
      defaultProps: {
        withAsterisk: false,
        visibilityToggleButtonProps: { 'aria-label': 'Show password', tabIndex: 0 },
      },
    },
    Modal: {
      defaultProps: {
        centered: true,
        closeButtonProps: { 'aria-label': 'Close' },
        overlayProps: { backgroundOpacity: 0.45 },
        transitionProps: { duration: 120 },
      },
      styles: { title: { fontWeight: 600 } },
    },
  },
})

/** Colours of secondary text with the contrast that WCAG requires (at least 4.5:1). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { '--mantine-color-dimmed': '#5b626d', '--mantine-color-placeholder': '#6b727d' },
  dark: {
    '--mantine-color-dimmed': '#969ca6',
    '--mantine-color-placeholder': '#868d98',
    '--mantine-color-error': '#ff8787',
  },
})
