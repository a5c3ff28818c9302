"""Redirects every request to another server, over TLS if a certificate is given.

usage: redirect.py URL [CERTIFICATE KEY]
"""

import ssl
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer


class Redirect(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(302)
        self.send_header("Location", sys.argv[1] + self.path)
        self.end_headers()


server = HTTPServer(("127.0.0.1", 0), Redirect)
scheme = "http"
if sys.argv[2:]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*sys.argv[2:])
    server.socket = context.wrap_socket(server.socket, server_side=True)
    scheme = "https"
print(f"{scheme}://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
