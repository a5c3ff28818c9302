package main

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
)

// Data that the app's seed creates (examples/django-demo/shop/management/commands/seed.py).
const (
	seedPassword = "a cup of tea"
	staff        = "alice"
	customer     = "bob"
	customerID   = 2
	shippedOrder = 3 // the number of one of the customer's orders
	products     = 12
)

// visits are what people do in the app. Together they call each of its operations, with
// valid and invalid requests.
var visits = []func(context.Context, *visitor) error{
	browse, signUp, session, order, refuse, manage, read, store, export, watch, stray,
}

type object = map[string]any

func (v *visitor) sku() string { return fmt.Sprintf("TEA-%04d", 1+v.random.IntN(products)) }

// name returns a name that is used only once.
func (v *visitor) name(kind string) string {
	v.visits++
	return fmt.Sprintf("%s-%d-%d", kind, v.number, v.visits)
}

// browse reads products without logging in.
func browse(ctx context.Context, v *visitor) error {
	return v.all(ctx,
		request{method: "GET", path: "/api/products/", want: 200},
		request{method: "GET", path: "/api/products/?page=2", want: 200},
		request{method: "GET", path: "/api/products/?search=matcha&ordering=-price", want: 200},
		request{method: "GET", path: "/api/products/?page=99", want: 404},
		request{method: "GET", path: "/api/products/" + v.sku() + "/", want: 200},
		request{method: "GET", path: "/api/products/" + v.sku() + "/", want: 200},
		request{method: "HEAD", path: "/api/products/" + v.sku() + "/", want: 200},
		request{method: "GET", path: "/api/products/TEA-0000/", want: 404},
	)
}

// signUp creates a user, and tries to create invalid ones.
func signUp(ctx context.Context, v *visitor) error {
	name := v.name("visitor")
	var user struct{ ID int }
	err := v.call(ctx, request{method: "POST", path: "/api/users/", want: 201, json: object{
		"username": name, "email": name + "@example.com", "password": "ninety elephants",
	}}, &user)
	if err != nil {
		return err
	}
	path := fmt.Sprintf("/api/users/%d/", user.ID)
	return v.all(ctx,
		request{method: "POST", path: "/api/users/", want: 400, json: object{"username": name}},
		request{method: "GET", path: "/api/users/?search=" + name, want: 200, as: staff},
		request{method: "GET", path: "/api/users/", want: 403, as: customer},
		request{method: "GET", path: "/api/users/", want: 401},
		request{method: "GET", path: path, want: 200, as: staff},
		request{method: "DELETE", path: path, want: 204, as: staff},
		request{method: "GET", path: path, want: 404, as: staff},
	)
}

// session logs in as a browser does, with a cookie and a CSRF token.
func session(ctx context.Context, v *visitor) error {
	wrong := url.Values{"username": {customer}, "password": {"guessed"}}
	right := url.Values{"username": {customer}, "password": {seedPassword}}
	return v.all(ctx,
		request{method: "GET", path: "/api/users/me/", want: 401},
		request{method: "GET", path: "/api/auth/csrf/", want: 200},
		request{method: "POST", path: "/api/auth/login/", want: 403, form: right},
		request{method: "POST", path: "/api/auth/login/", want: 400, form: wrong, csrf: true},
		request{method: "POST", path: "/api/auth/login/", want: 200, form: right, csrf: true},
		request{method: "GET", path: "/api/users/me/", want: 200},
		request{method: "PATCH", path: "/api/users/me/", want: 200, json: object{"first_name": "Bob"}, csrf: true},
		request{method: "PATCH", path: "/api/users/me/", want: 403, json: object{"first_name": "Eve"}},
		request{method: "GET", path: "/api/activity/", want: 200},
		request{method: "POST", path: "/api/auth/logout/", want: 204, csrf: true},
	)
}

// order places an order, adds items, changes it and deletes it.
func order(ctx context.Context, v *visitor) error {
	orders := fmt.Sprintf("/api/users/%d/orders/", customerID)
	var placed struct{ Number int }
	note := any("Please ring twice.")
	if v.random.IntN(2) == 0 {
		note = nil
	}
	err := v.call(
		ctx,
		request{method: "POST", path: orders, want: 201, json: object{"note": note}, as: customer},
		&placed,
	)
	if err != nil {
		return err
	}
	path := fmt.Sprintf("%s%d/", orders, placed.Number)
	var item struct{ ID int }
	err = v.call(ctx, request{method: "POST", path: path + "items/", want: 201, as: customer, json: object{
		"product": v.sku(), "quantity": 1 + v.random.IntN(3),
	}}, &item)
	if err != nil {
		return err
	}
	itemPath := fmt.Sprintf("%sitems/%d/", path, item.ID)
	return v.all(
		ctx,
		request{method: "POST", path: path + "items/", want: 400, as: customer, json: object{"product": v.sku()}},
		request{
			method: "POST",
			path:   path + "items/",
			want:   409,
			as:     customer,
			json:   object{"product": v.sku(), "quantity": 1_000_000},
		},
		request{method: "GET", path: path + "items/", want: 200, as: customer},
		request{method: "GET", path: itemPath, want: 200, as: customer},
		request{method: "GET", path: path, want: 200, as: customer},
		request{method: "GET", path: orders, want: 200, as: customer},
		request{method: "PATCH", path: path, want: 200, as: customer, json: object{"status": "paid"}},
		request{method: "DELETE", path: itemPath, want: 204, as: customer},
		request{method: "DELETE", path: path, want: 204, as: customer},
		request{method: "DELETE", path: fmt.Sprintf("%s%d/", orders, shippedOrder), want: 409, as: customer},
	)
}

// refuse makes calls that the app refuses.
func refuse(ctx context.Context, v *visitor) error {
	return v.all(ctx,
		request{method: "GET", path: "/api/users/1/orders/", want: 403, as: customer},
		request{method: "GET", path: "/api/users/1/orders/", want: 401},
		request{method: "POST", path: "/api/products/", want: 403, as: customer, json: object{"sku": "X"}},
		request{method: "PUT", path: "/api/users/me/", want: 405, as: customer, json: object{}},
		request{method: "GET", path: "/api/broken/", want: 500},
	)
}

// manage creates, changes and deletes products as staff.
func manage(ctx context.Context, v *visitor) error {
	sku := fmt.Sprintf("NEW-%d-%04d", v.number, v.random.IntN(10000))
	path := "/api/products/" + sku + "/"
	product := object{
		"sku":   sku,
		"name":  "Chai",
		"price": "4.20",
		"stock": v.random.IntN(100),
		"tags":  []string{"spicy"},
	}
	return v.all(ctx,
		request{method: "POST", path: "/api/products/", want: 201, as: staff, json: product},
		request{method: "POST", path: "/api/products/", want: 400, as: staff, json: product},
		request{method: "PUT", path: path, want: 200, as: staff, json: product},
		request{method: "PATCH", path: path, want: 200, as: staff, json: object{"discount_percent": 15}},
		request{method: "DELETE", path: path, want: 204, as: staff},
		request{method: "DELETE", path: "/api/products/TEA-0001/", want: 409, as: staff},
		request{method: "GET", path: "/api/orders/export/", want: 200, as: staff},
		request{method: "GET", path: "/api/orders/export/", want: 403, as: customer},
	)
}

// read reads articles and comments on one.
func read(ctx context.Context, v *visitor) error {
	comments := "/api/articles/how-to-brew/comments/"
	comment := object{"text": "Very helpful."}
	if v.random.IntN(2) == 0 {
		comment["rating"] = 1 + v.random.IntN(5)
	}
	return v.all(ctx,
		request{method: "GET", path: "/api/articles/", want: 200},
		request{method: "GET", path: "/api/articles/how-to-brew/", want: 200},
		request{method: "GET", path: "/api/articles/why-water-matters/", want: 200},
		request{method: "GET", path: "/api/articles/how-to-fly/", want: 404},
		request{method: "POST", path: comments, want: 201, as: customer, json: comment},
		request{method: "POST", path: comments, want: 400, as: customer, json: object{"text": "", "rating": 9}},
		request{method: "GET", path: comments, want: 200},
		request{method: "GET", path: "/feed.xml", want: 200},
	)
}

// store uploads a file, downloads it and removes it.
func store(ctx context.Context, v *visitor) error {
	content := bytes.Repeat([]byte{0xff, 0x00, 'a'}, 1+v.random.IntN(5000))
	var document struct{ ID string }
	err := v.call(ctx, request{method: "POST", path: "/api/documents/", want: 201, as: customer,
		upload: &upload{title: "A photo", fileName: "photo.jpg", content: content}}, &document)
	if err != nil {
		return err
	}
	path := "/api/documents/" + document.ID + "/"
	return v.all(ctx,
		request{method: "GET", path: "/api/documents/", want: 200, as: customer},
		request{method: "GET", path: path, want: 200, as: customer},
		request{method: "GET", path: path + "file/", want: 200, as: customer},
		request{method: "GET", path: path, want: 404, as: staff},
		request{method: "DELETE", path: path, want: 204, as: customer},
		request{method: "POST", path: "/api/documents/", want: 415, as: customer, json: object{"title": "JSON"}},
		request{method: "POST", path: "/api/documents/", want: 400, as: customer,
			upload: &upload{fileName: "empty.txt", content: nil}},
	)
}

// export reads streams, and objects whose keys are data.
func export(ctx context.Context, v *visitor) error {
	return v.all(ctx,
		request{method: "GET", path: "/api/products/export/", want: 200},
		request{method: "GET", path: "/api/stats/sales/", want: 200},
		request{method: "GET", path: "/api/orders/events/", want: 200, as: customer},
		request{method: "GET", path: "/api/activity/", want: 200, as: customer},
	)
}

// watch calls the health check, as a monitor does.
func watch(ctx context.Context, v *visitor) error {
	return v.all(ctx,
		request{method: "GET", path: "/healthz", want: 200},
		request{method: "GET", path: "/healthz", want: 200},
	)
}

// stray calls paths that do not exist, as a scanner does.
func stray(ctx context.Context, v *visitor) error {
	return v.all(ctx,
		request{method: "GET", path: "/wp-login.php", want: 404},
		request{method: "GET", path: "/api/users", want: 301},
	)
}
