package report

import (
	"bytes"
	"testing"
)

func TestWriteCSV(t *testing.T) {
	t.Parallel()
	var got bytes.Buffer
	r := exampleOfPosture()
	r.Findings[1].Consumers = []string{"mobile-app", "curl"}
	if err := WriteCSV(&got, r.Findings[:2]); err != nil {
		t.Fatal(err)
	}
	want := `kind,severity,method,path,status,at,subject,value,verdict,for,of,first_seen,last_seen,consumers,rule,message
dead,info,GET,/users,,,operation,'=shop.views.Users,proved,0,40,2026-03-02T09:00:00Z,2026-03-02T10:00:00Z,,,never called
zombie,warning,GET,/users,,,operation,,proved,3,3,2026-03-02T09:00:00Z,2026-03-02T10:00:00Z,mobile-app curl,,announced to end
`
	if got.String() != want {
		t.Errorf("got\n%swant\n%s", got.String(), want)
	}
}

func TestInert(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "", "/a": "/a", "=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@sum": "'@sum", "\t=1": "'\t=1", "a=b": "a=b",
	} {
		if got := inert(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
