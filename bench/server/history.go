package main

import "context"

func measureHistory(_ context.Context, _ options, _ *table) error { return nil }
