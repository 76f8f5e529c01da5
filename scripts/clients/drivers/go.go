// Requests one URL with Go's net/http and its proxy settings from the environment.
// One process a case: net/http reads the environment once.
package main

import (
	"fmt"
	"net/http"
	"os"
	"runtime"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Println(runtime.Version())
		return
	}
	response, err := http.Get(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	response.Body.Close()
}
