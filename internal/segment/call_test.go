package segment_test

import "testing"

// A key in parentheses or brackets is a value, and so is each of several.
func TestParseCall(t *testing.T) {
	t.Parallel()
	checkParsed(t, "keys", []string{"Products(<1>)", "Customers('<amber>')", "OrderDetails(OrderID=<1>,ProductID=<2>)",
		"Tags(name='<a,b=c>')", "Things(guid'<0f8f-x>')", "Things(id=guid'<0f8f-x>',n=<2>)",
		"Products(<-1>).csv", "items[<3>]", "GetNearest()", "Ns.Top(count=<5>)", "lists('<a''b>')", "<x9f8k2q(3)>",
		"<(3)>", "<Products(1)x>", "<Products(1>"})
}
