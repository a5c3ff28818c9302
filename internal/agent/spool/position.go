package spool

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
)

// position is a place in the spool.
type position struct {
	segment uint64
	offset  int64
}

func (p position) before(o position) bool {
	return p.segment < o.segment || p.segment == o.segment && p.offset < o.offset
}

const positionBytes = 20

// positionFile keeps the position before which everything is done across restarts.
// It is written in place and not synced: with an older position, or none after a torn
// write, the daemon only sends again bundles that the server recognises by their id.
type positionFile struct{ file *os.File }

func openPosition(path string) (positionFile, position, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return positionFile{}, position{}, fmt.Errorf("open position: %w", err)
	}
	var b [positionBytes]byte
	switch _, err := file.ReadAt(b[:], 0); {
	case errors.Is(err, io.EOF):
		return positionFile{file}, position{}, nil
	case err != nil:
		return positionFile{}, position{}, errors.Join(fmt.Errorf("read position: %w", err), file.Close())
	}
	if crc32.Checksum(b[:16], crc) != binary.LittleEndian.Uint32(b[16:]) {
		return positionFile{file}, position{}, nil
	}
	return positionFile{file}, position{
		segment: binary.LittleEndian.Uint64(b[:]),
		offset:  int64(binary.LittleEndian.Uint64(b[8:])),
	}, nil
}

func (f positionFile) save(p position) error {
	var b [positionBytes]byte
	binary.LittleEndian.PutUint64(b[:], p.segment)
	binary.LittleEndian.PutUint64(b[8:], uint64(p.offset))
	binary.LittleEndian.PutUint32(b[16:], crc32.Checksum(b[:16], crc))
	if _, err := f.file.WriteAt(b[:], 0); err != nil {
		return fmt.Errorf("write position: %w", err)
	}
	return nil
}

func (f positionFile) close() error {
	return errors.Join(f.file.Sync(), f.file.Close())
}
