package suite

import (
	"fmt"
	"path/filepath"

	"akita/test/accuracy/recorded"
)

// Halves is the number of random halves of each recording that are scored.
const Halves = 3

// Scored is the result of a recording: as it is, under renamings, and of random halves.
type Scored struct {
	Name    string
	Whole   *recorded.Score
	Renamed []*recorded.Score
	Halves  []*recorded.Score
}

// Worst returns the lowest recall and the lowest precision of some scores, 1 if there are none.
func Worst(scores []*recorded.Score) (recall, precision float64) {
	recall, precision = 1, 1
	for _, s := range scores {
		recall, precision = min(recall, s.Recall()), min(precision, s.Precision())
	}
	return recall, precision
}

// Spread returns the differences between the best and the worst recall and precision under any
// names of the data. They are 0 if names do not matter.
func (s *Scored) Spread() (recall, precision float64) {
	recall, precision = Worst(append(s.Renamed, s.Whole))
	highestRecall, highestPrecision := 0., 0.
	for _, score := range append(s.Renamed, s.Whole) {
		highestRecall = max(highestRecall, score.Recall())
		highestPrecision = max(highestPrecision, score.Precision())
	}
	return highestRecall - recall, highestPrecision - precision
}

// Recordings reads the recordings below a shared folder.
func Recordings(shared string) ([]*recorded.Recording, error) {
	recordings, err := recorded.Load(filepath.Join(shared, "accuracy", "recorded"))
	if err != nil {
		return nil, fmt.Errorf("-shared: %w", err)
	}
	return recordings, nil
}

// ScoreRecording scores the inference on a recording without routes.
func ScoreRecording(r *recorded.Recording, renamings int) (*Scored, error) {
	scored := &Scored{Name: r.Name}
	whole, err := scoreTraffic(r, r.Traffic)
	if err != nil {
		return nil, err
	}
	scored.Whole = whole
	for i := range renamings {
		traffic, err := RenameRecording(r, i)
		if err != nil {
			return nil, err
		}
		score, err := scoreTraffic(r, traffic)
		if err != nil {
			return nil, err
		}
		scored.Renamed = append(scored.Renamed, score)
	}
	for i := range Halves {
		half, err := scoreTraffic(r, recorded.Half(r.Traffic, Seed+uint64(i)))
		if err != nil {
			return nil, err
		}
		scored.Halves = append(scored.Halves, half)
	}
	return scored, nil
}

func scoreTraffic(r *recorded.Recording, traffic []byte) (*recorded.Score, error) {
	text, err := Build(traffic, false)
	if err != nil {
		return nil, err
	}
	document, err := recorded.Parse(text)
	if err != nil {
		return nil, err
	}
	return recorded.Compare(document, r.Truth, traffic)
}
