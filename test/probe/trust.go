// Asks a server through a proxy as GitLab Runner builds its client, and prints what Go makes of the certificate.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net/http"
	"net/url"
	"os"
)

func main() {
	pem, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		panic(err)
	}
	pool.AppendCertsFromPEM(pem)
	proxy, err := url.Parse(os.Args[2])
	if err != nil {
		panic(err)
	}
	client := http.Client{Transport: &http.Transport{
		Proxy:           http.ProxyURL(proxy),
		TLSClientConfig: &tls.Config{RootCAs: pool},
	}}
	response, err := client.Get(os.Args[3])
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(response.StatusCode)
}
