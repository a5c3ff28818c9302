package toolbox

import (
	"context"
	"slices"

	"akita/internal/routeuse"
)

var listDeadRoutes = Tool{
	Name: "list_dead_routes", Title: "Routes that nobody calls",
	Description: "List the application's routes that are dead (never called), rejected_only, zombie (called although " +
		"announced to end), and shadows (answered, but no route), with calls and callers.",
	takes:  []string{"state", "method"},
	answer: deadRoutes,
}

func deadRoutes(ctx context.Context, from Source, given arguments) (answer, error) {
	all, err := from.Routes(ctx)
	if err != nil {
		return answer{}, err
	}
	var chosen []routeuse.Use
	counts := make(map[string]uint64)
	for _, u := range all {
		counts[string(u.State)]++
		state := string(u.State)
		if slices.Contains(listedStates, state) && given.choose("state", state) && given.choose("method", u.Method) {
			chosen = append(chosen, u)
		}
	}
	head := counted(len(all), "route") + inParentheses(counts) + ":"
	if len(chosen) == 0 {
		head = "No route is such: " + counted(len(all), "route") + inParentheses(counts) + "."
	}
	return answer{[]string{head}, listed(chosen, useText)}, nil
}

// useText describes the use of a route in a line.
func useText(u routeuse.Use) string {
	text := string(u.State) + " " + routeMethod(u.Method) + " " + quoted(u.Path)
	if u.View != "" {
		text += " view " + quoted(u.View)
	}
	if u.Host != "" {
		text += " at " + quoted(u.Host)
	}
	text += ": " + counted(u.Calls, "call")
	if u.Calls > 0 && !u.Period.Last.IsZero() {
		text += ", last " + minute(u.Period.Last)
	}
	if !u.Last2xx.IsZero() {
		text += ", last 2xx " + minute(u.Last2xx)
	}
	var by []string
	for _, c := range u.Consumers {
		by = append(by, c.Name)
	}
	if len(by) > 0 {
		text += ", by " + quotedList(by)
	}
	return text
}

// routeMethod returns the method of a route: that for all is one of ours.
func routeMethod(name string) string {
	if name == "*" {
		return "any method"
	}
	return method(name)
}

// listedStates are the states of the routes that list_dead_routes lists. The others are only counted.
var listedStates = []string{
	string(routeuse.Dead), string(routeuse.RejectedOnly), string(routeuse.Zombie), string(routeuse.Shadow),
}
