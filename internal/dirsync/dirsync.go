// Package dirsync makes the names in a folder durable. A synced file whose name is not on
// disk yet is lost with the power all the same: see fsync(2).
package dirsync
