package har

// SetLimit bounds an entry by fewer bytes than MaxEntryBytes, which would make a slow test.
func (d *Decoder) SetLimit(bytes int) { d.limit = bytes }
