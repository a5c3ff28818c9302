// Package internal_test checks which packages may import which:
//
//	cmd → cli → {agent | server} → leaves
//
// and that the packages that read and model traffic do no I/O.
package internal_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// arrows lists which packages of this module a package, and every package below
// it, may import. The most specific row counts. A package may always import the
// packages below itself.
var arrows = []struct {
	from string
	to   []string
	why  string
}{
	{"cmd", []string{"internal/cli"}, "main is a shell: it calls cli and decides the exit code"},
	{
		"internal/cli",
		[]string{
			"internal/agent", "internal/server", "internal/gate", "internal/har", "internal/names",
			"internal/shape", "internal/jsonschema", "internal/endpoints", "internal/openapi",
			"internal/witness", "internal/apimodel", "internal/secret", "internal/id",
			"internal/neterr", "internal/declared", "internal/compare", "internal/overlay", "internal/spectacular", "internal/severity",
			"internal/report", "internal/mcp", "internal/toolbox", "internal/posture", "internal/routelist",
			"internal/routeuse", "internal/facts", "internal/printable", "client",
		},
		"a command runs agent, server, or har, witness and apimodel offline",
	},

	{
		"internal/agent",
		[]string{
			"internal/delta", "internal/gate", "internal/har", "internal/jsonscan", "internal/names",
			"internal/routelist", "internal/declared", "internal/shape", "internal/witness", "internal/secret", "internal/id",
			"internal/filelock", "internal/dirsync", "internal/neterr", "internal/backoff",
		},
		"the agent runs next to the application and must not contain the server",
	},

	{
		"internal/server",
		[]string{
			"internal/api", "internal/ingest", "internal/store", "internal/queue", "internal/id",
			"internal/secret", "internal/filelock", "internal/declaration", "internal/outbound", "console", "heroku-buildpack",
			"python/akita-django",
		},
		"the server wires the parts of the cloud process and must not contain the agent",
	},
	{
		"internal/api",
		[]string{
			"internal/ingest", "internal/queue", "internal/store", "internal/apimodel", "internal/compare",
			"internal/delta", "internal/report", "internal/severity", "internal/series", "internal/facts", "internal/endpoints", "internal/openapi", "internal/routelist",
			"internal/routeuse", "internal/witness", "internal/id", "internal/posture",
			"internal/schedule", "internal/secret", "internal/mcp", "internal/toolbox", "internal/compare",
			"internal/declaration", "internal/declared", "internal/outbound", "internal/report",
		},
		"handlers know the store and the model, not the wiring",
	},
	{
		"internal/ingest",
		[]string{
			"internal/queue", "internal/store", "internal/apimodel", "internal/delta", "internal/endpoints",
			"internal/facts", "internal/series", "internal/witness", "internal/id", "internal/dirsync", "internal/backoff",
		},
		"accept, make durable, fold: no HTTP",
	},
	{
		"internal/store",
		[]string{"internal/hour", "internal/id", "internal/packed", "internal/schedule", "internal/sqlitedb"},
		"a port and its adapters import no other part",
	},
	{"internal/queue", []string{"internal/id", "internal/sqlitedb"}, "a port and its adapters import no other part"},

	{
		"internal/declaration", []string{"internal/declared", "internal/outbound", "internal/store"},
		"it keeps documents, and does not compare them",
	},
	{"internal/outbound", nil, "it guards requests, and knows none of their purposes"},
	{"internal/mcp", []string{"internal/toolbox"}, "it speaks a protocol, and knows no traffic"},
	{
		"internal/toolbox",
		[]string{
			"internal/compare", "internal/endpoints", "internal/facts", "internal/jsonschema", "internal/routeuse",
			"internal/witness",
		},
		"it reads what endpoints decided, and is independent of protocols",
	},
	{
		"internal/openapi",
		[]string{
			"internal/endpoints", "internal/apimodel", "internal/jsonschema", "internal/names",
			"internal/witness",
		},
		"it writes what endpoints decided",
	},
	{
		"internal/endpoints",
		[]string{
			"internal/apimodel", "internal/judgement", "internal/jsonschema", "internal/names",
			"internal/shape", "internal/format", "internal/segment", "internal/witness",
		},
		"it decides what a model means and is independent of documents",
	},
	{
		"internal/judgement",
		[]string{"internal/names", "internal/shape", "internal/format", "internal/segment"},
		"it judges words by their distribution and is independent of models and endpoints",
	},
	{
		"internal/delta",
		[]string{"internal/apimodel", "internal/hour", "internal/packed", "internal/series", "internal/witness"},
		"calls folded by hour and part; agent and ingest share it",
	},
	{
		"internal/apimodel",
		[]string{"internal/format", "internal/hour", "internal/packed", "internal/shape", "internal/witness"},
		"what was seen, without conclusions",
	},
	{
		"internal/facts",
		[]string{"internal/apimodel", "internal/format", "internal/packed", "internal/shape", "internal/witness"},
		"it dates what was seen, and is independent of endpoints",
	},
	{"internal/routelist", []string{"internal/witness"}, "routes as calls have them; agent and server share it"},
	{
		"internal/routeuse",
		[]string{"internal/apimodel", "internal/compare", "internal/endpoints", "internal/facts", "internal/routelist"},
		"it compares routes with what was seen of them",
	},
	{
		"internal/declared",
		[]string{"internal/names", "internal/shape", "internal/witness"},
		"what a document declares, independent of what calls show",
	},
	{
		"internal/compare",
		[]string{
			"internal/declared", "internal/facts", "internal/endpoints", "internal/apimodel", "internal/names",
			"internal/packed", "internal/shape", "internal/witness", "internal/jsonschema",
		},
		"it compares sides and writes nothing",
	},
	{
		"internal/compare/comparetest",
		[]string{
			"internal/compare", "internal/declared", "internal/har", "internal/endpoints", "internal/apimodel",
			"internal/witness",
		},
		"it makes the input of tests",
	},
	{
		"internal/spectacular",
		[]string{
			"internal/overlay", "internal/compare", "internal/declared", "internal/endpoints", "internal/jsonschema",
			"internal/report",
		},
		"a patch is pure: it prints what the patched document says",
	},
	{
		"internal/overlay",
		[]string{
			"internal/compare", "internal/declared", "internal/openapi", "internal/endpoints", "internal/facts",
			"internal/jsonschema", "internal/witness",
		},
		"it writes what would change a document",
	},
	{"internal/severity", []string{"internal/compare", "internal/declared", "internal/facts"}, "it judges findings by the rules of a library"},
	{
		"internal/report",
		[]string{"internal/compare", "internal/facts", "internal/printable", "internal/routeuse", "internal/apimodel"},
		"it writes findings, and how routes are used",
	},
	{
		"internal/series",
		[]string{"internal/apimodel", "internal/packed", "internal/shape", "internal/witness"},
		"what was counted over time, without conclusions",
	},
	{
		"internal/jsonschema",
		[]string{"internal/shape", "internal/names", "internal/format", "internal/sensitive"},
		"it describes shapes and is independent of calls",
	},
	{"internal/sensitive", []string{"internal/shape", "internal/names", "internal/format"}, "it judges shapes by their names"},
	{
		"internal/posture",
		[]string{
			"internal/apimodel", "internal/compare", "internal/endpoints", "internal/facts", "internal/jsonschema",
			"internal/hour", "internal/names", "internal/sensitive", "internal/shape", "internal/witness",
		},
		"it judges what endpoints decided, and writes nothing",
	},
	{
		"internal/gate",
		[]string{
			"internal/format", "internal/names", "internal/segment", "internal/shape", "internal/spelling",
			"internal/witness",
		},
		"it decides what may leave the machine; it has state, but does no I/O",
	},
	{"internal/spelling", []string{"internal/names"}, "pure"},
	{
		"internal/witness",
		[]string{
			"internal/content", "internal/har", "internal/shape", "internal/names",
			"internal/format", "internal/jsonscan", "internal/packed", "internal/segment", "internal/spelling",
		},
		"pure",
	},
	{"internal/segment", []string{"internal/format", "internal/names"}, "pure"},
	{"internal/content", nil, "it undoes encodings and is independent of calls"},
	{"internal/har", []string{"internal/jsonscan"}, "pure"},
	{"internal/shape", []string{"internal/names", "internal/format", "internal/jsonscan", "internal/packed"}, "pure"},
	{"internal/names", nil, "words and their meaning, independent of values and traffic"},
	{"internal/format", []string{"internal/names"}, "pure"},
	{"internal/jsonscan", nil, "pure"},
	{"internal/packed", nil, "pure"},
	{"internal/printable", nil, "pure"},
	{"internal/hour", nil, "pure"},
	{"internal/schedule", nil, "pure"},

	{"internal/backoff", nil, "a leaf"},
	{"internal/sqlitedb", nil, "a leaf"},
	{"internal/dirsync", nil, "a leaf"},
	{"internal/filelock", nil, "a leaf"},
	{"internal/id", nil, "a leaf"},
	{"internal/neterr", nil, "a leaf"},
	{"internal/secret", nil, "a leaf"},
	{"console", nil, "embedded files"},
	{"heroku-buildpack", nil, "embedded files"},
	{"python", nil, "embedded files"},

	{"client", nil, "users import it: it depends on the REST API only"},
	{"examples", []string{"client"}, "the demo drives the real binary from outside"},
	{"bench", []string{"client", "test/rig"}, "the benchmark drives the real binary from outside"},
	{
		"bench/server",
		[]string{
			"client", "test/rig", "internal/delta", "internal/har", "internal/witness", "internal/ingest",
			"internal/queue", "internal/store", "internal/id",
		},
		"a server that runs cannot be given a history of months",
	},
	{
		"test/accuracy",
		[]string{
			"internal/har", "internal/witness", "internal/apimodel", "internal/endpoints",
			"internal/openapi",
			"internal/format", "internal/names", "internal/segment", "internal/spelling",
		},
		"it judges the inference in process, as the offline command runs it, and renames data within their kinds",
	},
	{
		"test/validate",
		[]string{
			"internal/har", "internal/witness", "internal/apimodel", "internal/endpoints",
			"internal/openapi", "test/accuracy",
		},
		"it judges the same path on the same traffic",
	},
	{"bench/peers", []string{"test/accuracy", "test/rig"}, "the peers are compared on the same traffic by the same scorer"},
	{"bench/drift", []string{"test/accuracy"}, "the folder of the traffic is named as everywhere"},
	{"packaging", nil, "a release is made from outside"},
	{"test/rig", []string{"client", "internal/filelock"}, "the rig starts real binaries, each on a port of its own"},
	{"test", []string{"client"}, "end-to-end tests drive the real binary from outside"},
}

// pure packages do no I/O and use no clock, so that they can be fuzzed, property-tested and used
// offline.
var pure = []string{
	"internal/jsonscan", "internal/packed", "internal/format", "internal/names", "internal/jsonschema",
	"internal/endpoints", "internal/openapi", "internal/har", "internal/shape", "internal/witness",
	"internal/apimodel", "internal/judgement", "internal/spelling", "internal/gate", "internal/content",
	"internal/segment", "internal/schedule", "internal/delta", "internal/hour", "internal/series", "internal/facts",
	"internal/declared", "internal/compare", "internal/overlay", "internal/spectacular", "internal/severity",
	"internal/report",
	"internal/routelist", "internal/routeuse", "internal/toolbox", "internal/sensitive", "internal/posture",
	"internal/printable",
}

var impureImports = []string{
	"os", "io/ioutil", "net", "net/http", "database/sql", "log", "log/slog", "math/rand",
	"math/rand/v2", "crypto/rand", "syscall",
}

// impureTime lists the functions of package time that read the clock or wait.
var impureTime = []string{
	"Now", "Since", "Until", "After", "AfterFunc", "Sleep", "Tick", "NewTicker", "NewTimer",
	"Local",
}

func TestImportArrows(t *testing.T) {
	t.Parallel()
	for _, p := range ourPackages(t) {
		from, ok := arrowOf(p.path)
		if !ok {
			t.Errorf("%s: no row in arrows: add one that lists what it may import", p.path)
			continue
		}
		for _, imported := range p.ours() {
			allowed := func(to string) bool { return within(imported, to) }
			if !allowed(arrows[from].from) && !slices.ContainsFunc(arrows[from].to, allowed) {
				t.Errorf("%s must not import %s (%s)", p.path, imported, arrows[from].why)
			}
		}
	}
}

func TestPurePackagesDoNoIO(t *testing.T) {
	t.Parallel()
	for _, p := range ourPackages(t) {
		if !p.pure() {
			continue
		}
		for _, imported := range p.Imports {
			if slices.Contains(impureImports, imported) {
				t.Errorf("%s is pure and must not import %q", p.path, imported)
			}
		}
	}
}

func TestPurePackagesDoNotReadTheClock(t *testing.T) {
	t.Parallel()
	for _, p := range ourPackages(t) {
		if !p.pure() {
			continue
		}
		for _, name := range p.GoFiles {
			for _, use := range clockUses(t, filepath.Join(p.Dir, name)) {
				t.Errorf("%s is pure and must not use the clock", use)
			}
		}
	}
}

// goPackage is a package as `go list` describes it, without its tests.
type goPackage struct {
	ImportPath string
	Dir        string
	GoFiles    []string
	Imports    []string

	path string // ImportPath without the module's path
}

func (p goPackage) pure() bool {
	return slices.ContainsFunc(pure, func(root string) bool { return within(p.path, root) })
}

func (p goPackage) ours() []string {
	var ours []string
	for _, imported := range p.Imports {
		if path, ok := strings.CutPrefix(imported, "akita/"); ok {
			ours = append(ours, path)
		}
	}
	return ours
}

func ourPackages(t *testing.T) []goPackage {
	t.Helper()
	// -e: list the imports of packages that do not build too.
	cmd := exec.CommandContext(t.Context(), "go", "list", "-e", "-json=ImportPath,Dir,GoFiles,Imports", "akita/...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var packages []goPackage
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("go list: %v", err)
		}
		p.path = strings.TrimPrefix(p.ImportPath, "akita/")
		if p.path != "internal" { // this test
			packages = append(packages, p)
		}
	}
	if len(packages) == 0 {
		t.Fatal("go list returned no packages: nothing was checked")
	}
	return packages
}

// arrowOf returns the index of the most specific row for a package.
func arrowOf(path string) (index int, ok bool) {
	best := -1
	for i, arrow := range arrows {
		if within(path, arrow.from) && (best < 0 || len(arrow.from) > len(arrows[best].from)) {
			best = i
		}
	}
	return best, best >= 0
}

func within(path, root string) bool {
	return path == root || strings.HasPrefix(path, root+"/")
}

// clockUses returns the uses of impureTime in a file, each with its position.
func clockUses(t *testing.T, file string) []string {
	t.Helper()
	files := token.NewFileSet()
	parsed, err := parser.ParseFile(files, file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	name := timeName(parsed)
	var uses []string
	ast.Inspect(parsed, func(node ast.Node) bool {
		selector, ok := node.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		x, ok := selector.X.(*ast.Ident)
		if ok && name != "" && x.Name == name && slices.Contains(impureTime, selector.Sel.Name) {
			uses = append(uses, files.Position(selector.Pos()).String()+": time."+selector.Sel.Name)
		}
		return true
	})
	return uses
}

// timeName returns the name under which a file imports package time, or "".
func timeName(file *ast.File) string {
	for _, spec := range file.Imports {
		if spec.Path.Value != `"time"` {
			continue
		}
		if spec.Name != nil {
			return spec.Name.Name
		}
		return "time"
	}
	return ""
}
