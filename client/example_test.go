package client_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"time"

	"akita/client"
)

func Example() {
	server := exampleServer()
	defer server.Close()

	akita, err := client.New(client.Config{
		URL:       server.URL, // such as "https://akita.example.com"
		KeyID:     os.Getenv("AKITA_API_KEY_ID"),
		KeySecret: os.Getenv("AKITA_API_KEY_SECRET"),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	trace, err := akita.StartTrace(ctx, "shop", time.Hour)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("Started", trace.Name)

	model, err := akita.Model(ctx, "shop", client.Filter{Methods: []string{"GET"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, e := range model.Endpoints {
		fmt.Println(e.Method, e.Path, e.Requests)
	}
	// Output:
	// Started powder-blue-panda-338
	// GET /api/users/{userId} 12
}

func ExampleProblem() {
	server := exampleServer()
	defer server.Close()

	akita, err := client.New(client.Config{URL: server.URL})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = akita.Model(context.Background(), "shp", client.Filter{})
	if problem, ok := errors.AsType[*client.Problem](err); ok && problem.Code == "project_not_found" {
		fmt.Println(problem.Detail)
	}
	// Output: No project is called "shp".
}

// exampleServer stands in for `akita server`.
func exampleServer() *httptest.Server {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /api/v1/projects/shop/traces", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, "application/json", http.StatusCreated, `{"name": "powder-blue-panda-338", "state": "active"}`)
	})
	mux.HandleFunc("GET /api/v1/projects/shop/model", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, "application/json", http.StatusOK,
			`{"witnesses": 12, "endpoints": [{"method": "GET", "path": "/api/users/{userId}", "requests": 12}]}`)
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, "application/problem+json", http.StatusNotFound,
			`{"detail": "No project is called \"shp\".", "code": "project_not_found"}`)
	})
	return httptest.NewServer(mux)
}
