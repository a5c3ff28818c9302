package witness

import (
	"strings"

	"akita/internal/har"
	"akita/internal/names"
)

// isBrowsersOwn reports whether a browser made a call for itself: to show a page, to get a file that
// a page uses, or to report something. It is false if the application has a route for the path, and
// for calls of a page's code: those are calls of the API. path is still escaped, and query holds the
// parameters of the call.
func isBrowsersOwn(e *har.Entry, path string, query []har.Pair) bool {
	if e.Akita.Known {
		return false
	}
	switch fetcher(e) {
	case names.Preflight:
		return isPreflightMethod(e)
	case names.FetchedAsPing:
		return true
	case names.FetchedAsPage:
		return isRead(e) && (responseType(e) == "" || isPageType(responseType(e)))
	case names.FetchedAsFile:
		return isRead(e) && (!isDataType(responseType(e)) || isBroken(e) || isManifest(e)) && !isScriptOfData(e, query)
	case names.FetchedByCode:
		return false
	}
	return isRead(e) && (names.IsBrowserPath(path) || names.IsPageFile(path, responseType(e)) && !isScriptOfData(e, query))
}

// fetcher returns for whom a browser made a call, as far as the entry shows it.
func fetcher(e *har.Entry) names.Fetcher {
	destination := header(e.Request.Headers, "Sec-Fetch-Dest")
	if strings.EqualFold(destination, "empty") {
		if !strings.EqualFold(header(e.Request.Headers, "Sec-Fetch-Mode"), "no-cors") {
			return names.FetchedByCode
		}
		if !isRead(e) {
			return names.FetchedAsPing // navigator.sendBeacon
		}
		return names.FetchedAsFile // code could not read the response: it was fetched ahead
	}
	for _, known := range []names.Fetcher{names.FetcherOf(e.ResourceType), names.FetcherOf(destination)} {
		if known != "" {
			return known
		}
	}
	if strings.EqualFold(e.Initiator, "parser") {
		return names.FetchedAsFile // an element of a page
	}
	return fetcherByAccept(header(e.Request.Headers, "Accept"), e)
}

// fetcherByAccept returns for whom a browser made a call by the media types that it accepts. For a
// page, a style sheet and an image it sends lists that no code sends, which end with anything else
// at a lower weight (Fetch standard, "fetching", step "Accept").
func fetcherByAccept(accept string, e *har.Entry) names.Fetcher {
	if strings.IndexByte(accept, ';') < 0 { // that of most code
		return ""
	}
	accept = strings.ReplaceAll(accept, " ", "")
	if !strings.Contains(accept, "*/*;q=") {
		return ""
	}
	switch mediaType := responseType(e); {
	case strings.HasPrefix(accept, "text/html,application/xhtml+xml,") && isPageType(mediaType):
		return names.FetchedAsPage
	case strings.HasPrefix(accept, "text/css,") && mediaType == "text/css",
		strings.HasPrefix(accept, "image/") && strings.HasPrefix(mediaType, "image/"):
		return names.FetchedAsFile
	}
	return ""
}

// responseType returns the media type of a response, "" if it is not known.
func responseType(e *har.Entry) string {
	if text := header(e.Response.Headers, "Content-Type"); text != "" {
		return bareMediaType(text)
	}
	if e.Response.Body != nil {
		return bareMediaType(e.Response.Body.MediaType)
	}
	return ""
}

func isRead(e *har.Entry) bool {
	m := method(e.Request.Method)
	return m == "GET" || m == "HEAD"
}

func isPreflightMethod(e *har.Entry) bool { return method(e.Request.Method) == optionsMethod }

func isPageType(mediaType string) bool {
	return mediaType == "text/html" || mediaType == "application/xhtml+xml"
}

// isDataType reports whether programs read a response of a media type, rather than people.
func isDataType(mediaType string) bool {
	return isJSON(mediaType) || isNDJSON(mediaType) || mediaType == "text/csv" ||
		isXML(mediaType) && !strings.HasPrefix(mediaType, "image/") && !isPageType(mediaType)
}

// isBroken reports whether a file was not there: what says so is not the file.
func isBroken(e *har.Entry) bool { return e.Response.Status >= 400 }

// isManifest reports whether the file describes a web application to the browser.
func isManifest(e *har.Entry) bool {
	return strings.Contains(strings.ToLower(e.ResourceType+header(e.Request.Headers, "Sec-Fetch-Dest")), "manifest")
}

// isScriptOfData reports whether a script is a response of the API: it calls the function that the
// query names, with data (JSONP).
func isScriptOfData(e *har.Entry, query []har.Pair) bool {
	if e.Response.Body == nil {
		return false
	}
	text := strings.TrimLeft(e.Response.Body.Text, "/* \t\r\n;")
	for _, q := range query {
		if q.Value != "" && strings.HasPrefix(text, q.Value+"(") {
			return true
		}
	}
	return false
}
