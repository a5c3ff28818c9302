package server

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestHTTPS(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	var authority *x509.CertPool
	config.TLSCert, config.TLSKey, authority = certificate(t)
	f := start(t, config)
	f.browser.Transport.(*http.Transport).TLSClientConfig = &tls.Config{RootCAs: authority}
	f.logIn()
	a, err := f.browser.Do(f.request("GET", "/", nil))
	if err != nil {
		t.Fatal(err)
	}
	_ = a.Body.Close()
	if got := a.Header.Get("Strict-Transport-Security"); got != "max-age=31536000; includeSubDomains" {
		t.Errorf("HSTS %q", got)
	}
	cookies := f.browser.Jar.Cookies(a.Request.URL)
	if len(cookies) != 1 || cookies[0].Name != "__Host-akita_session" {
		t.Errorf("cookies %v", cookies)
	}
	old := &tls.Config{RootCAs: authority, MaxVersion: tls.VersionTLS11}
	f.browser.Transport.(*http.Transport).TLSClientConfig = old
	f.browser.CloseIdleConnections()
	if a, err := f.browser.Do(f.request("GET", "/", nil)); err == nil {
		_ = a.Body.Close()
		t.Error("the server accepts TLS 1.1")
	}
}

// certificate creates a key and a self-signed certificate for 127.0.0.1.
func certificate(t *testing.T) (certPath, keyPath string, authority *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, kind string, content []byte) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: content}), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	authority = x509.NewCertPool()
	authority.AddCert(parsed)
	return write("cert.pem", "CERTIFICATE", der), write("key.pem", "PRIVATE KEY", keyDER), authority
}
