package names

import "testing"

func TestIsClientHeader(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"traceparent": true, "x-datadog-trace-id": true, "x-acme-sdk-version": true, "x-acme-user-agent": true,
		"x-telemetry": true, "user-agent": false, "x-tenant": false, "x-sdkless": false, "x-b3": false, "": false,
	} {
		if got := isClientHeader([]byte(name)); got != want {
			t.Errorf("isClientHeader(%q) = %v", name, got)
		}
	}
}

func TestClientFamily(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"x-acme-lang":            "x-acme-",
		"x-acme-runtime-version": "x-acme-",
		"acme-os":                "acme-",
		"x-acme-tenant":          "",
		"x-acme-lang-tenant":     "",
		"x-acme":                 "",
		"x--lang":                "",
		"x-acme-":                "",
		"acme":                   "",
		"":                       "",
	} {
		if got := ClientFamily(name); got != want {
			t.Errorf("ClientFamily(%q) = %q, want %q", name, got, want)
		}
	}
}
