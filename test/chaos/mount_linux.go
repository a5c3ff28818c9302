package main

import "syscall"

func mountTmpfs(path, options string) error {
	return syscall.Mount("tmpfs", path, "tmpfs", syscall.MS_NOSUID|syscall.MS_NODEV, options)
}

// unmount detaches the file system at once. A process keeps the files that it has open.
func unmount(path string) error { return syscall.Unmount(path, syscall.MNT_DETACH) }
