package spectacular

import "testing"

func TestNewView(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]view{
		"shop.views.UserViewSet.list": {"shop.views", "UserViewSet", "list", "GET"},
		"shop.views.UserView":         {"shop.views", "UserView", "get", "GET"},
		"shop.api.v1.views.ping":      {"shop.api.v1.views", "ping", "get", "GET"},
		"shop.views._Hidden":          {"shop.views", "_Hidden", "get", "GET"},
		"Shop.views.UserViewSet.list": {"Shop.views", "UserViewSet", "list", "GET"},
		"apps.Shop.views.UserView":    {"apps.Shop.views", "UserView", "get", "GET"},
		"Shop.views.ping":             {"Shop.views", "ping", "get", "GET"},
	} {
		if got, ok := newView(name, "GET"); !ok || got != want {
			t.Errorf("%s is %v (%t), want %v", name, got, ok, want)
		}
	}
	for _, name := range []string{
		"", "ping", "Users", "shop.views.<lambda>", "shop.views.Outer.Inner.list",
		"shop.views.Outer.Inner", "shop.views.make.<locals>.Users", "shop.import.Users", "shop..Users",
		"Users.list", "shop.views:Users",
	} {
		if got, ok := newView(name, "GET"); ok {
			t.Errorf("%s is %v, want none", name, got)
		}
	}
}
