interface FacetValue {
  value: string
  /** The number of endpoints that have the value. */
  count: number
}

/** Returns the values of a facet in alphabetical order, with selected values that no endpoint has (any more). */
export function facetValues(counts: Record<string, number>, selected: string[]): FacetValue[] {
  const values = new Set([...Object.keys(counts), ...selected])
  return [...values].sort((a, b) => a.localeCompare(b)).map((value) => ({ value, count: counts[value] ?? 0 }))
}
