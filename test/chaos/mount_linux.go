package main

import "syscall"

func mountTmpfs(path, options string) error {
	return syscall.Mount("tmpfs", path, "tmpfs", syscall.MS_NOSUID|syscall.MS_NODEV, options)
}

// unmount lets go at once; what still has files open there keeps them until it ends.
func unmount(path string) error { return syscall.Unmount(path, syscall.MNT_DETACH) }
