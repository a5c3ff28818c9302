// Package dirsync makes the names in a directory durable, and replaces files. A power loss loses a
// synced file if its name is not yet on disk: see fsync(2).
package dirsync
