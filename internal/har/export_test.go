package har

// SetLimit lowers the maximum size of an entry from MaxEntryBytes, which would make a test slow.
func (d *Decoder) SetLimit(bytes int) { d.limit = bytes }
