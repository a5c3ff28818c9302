package names

import "testing"

func TestResource(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"/users/{userId}/orders": "Order", "/users/{userId}": "User", "/order_items/": "OrderItem", "/": "",
		"/odata/Orders({orderId})": "Order", "/odata/Orders({orderId})/Items": "Item", "/cars;color={color}": "Car",
		"/people:batchGet": "Person", "/people/@{name}": "Person", "/people/{id}(x)": "Person", "/{id}": "", "/api/v1/people": "Person",
	}
	for template, want := range tests {
		if got := Resource(template); got != want {
			t.Errorf("Resource(%q) = %q, want %q", template, got, want)
		}
	}
}
