package sqlitequeue_test

import (
	"crypto/rand"
	"fmt"
	"runtime"
	"strconv"
	"sync/atomic"
	"testing"

	"akita/internal/queue"
	"akita/internal/queue/sqlitequeue"
)

// BenchmarkAppend appends from many goroutines and releases the items, as the
// consumer of the queue does.
func BenchmarkAppend(b *testing.B) {
	for _, size := range []int{2 << 10, 32 << 10, 256 << 10} {
		for _, perCPU := range []int{1, 8, 64} {
			b.Run(fmt.Sprintf("size=%dKiB/senders=%d", size>>10, perCPU*runtime.GOMAXPROCS(0)), func(b *testing.B) {
				benchmarkAppend(b, size, perCPU)
			})
		}
	}
}

func benchmarkAppend(b *testing.B, size, sendersPerCPU int) {
	q := open(b, sqlitequeue.Config{MaxBytes: 4 << 30})
	payload := make([]byte, size)
	rand.Read(payload)
	var last atomic.Int64
	b.SetBytes(int64(size))
	b.SetParallelism(sendersPerCPU)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			n := last.Add(1)
			item := queue.Item{
				BundleID: strconv.FormatInt(n, 10), ProjectID: "svc_1", TraceID: "lrn_1", Witnesses: 1, Payload: payload,
			}
			if _, err := q.Append(b.Context(), item); err != nil {
				b.Fatal(err)
			}
			if n%256 == 0 {
				if err := q.Release(b.Context(), n-256); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "bundles/s")
}
