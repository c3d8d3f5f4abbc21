// Command mongowire is the MongoDB of the tests: FerretDB on SQLite files, spoken to over MongoDB's wire protocol.
//
// MongoDB checks and changes a document in one step. FerretDB 1.24 reads it, checks it and writes it in three, so
// that two guarded updates of one document can both succeed. Hence the gate: one command at a time passes it.
// tests/mongo.py builds it, with FerretDB looking up by _id whatever else is asked, as MongoDB does.
package main

import (
	"context"
	"encoding/binary"
	"flag"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"net/url"
	"os"
	"os/signal"
	"runtime/debug"
	"sync"
	"syscall"

	"github.com/FerretDB/FerretDB/ferretdb"
)

// Its heap is small and its garbage much: collected at the usual pace that takes a sixth of its time.
const gcPercent = 1000

func main() {
	debug.SetGCPercent(gcPercent)
	listen := flag.String("listen", "127.0.0.1:0", "TCP address to serve on; port 0 takes a free one")
	dir := flag.String("dir", ".", "directory of the SQLite files")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := serve(ctx, *listen, *dir); err != nil {
		log.Fatal(err)
	}
}

// serve prints the URI clients use once it can be used, and returns when ctx ends.
func serve(ctx context.Context, listen, dir string) error {
	ferret, err := ferretdb.New(&ferretdb.Config{
		Listener:  ferretdb.ListenerConfig{TCP: "127.0.0.1:0"},
		Handler:   "sqlite",
		SQLiteURL: "file:" + dir + "/?_pragma=synchronous(off)", // No test takes the machine's power away.
		Logger:    slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return err
	}
	front, err := net.Listen("tcp", listen)
	if err != nil {
		return err
	}
	context.AfterFunc(ctx, func() { front.Close() })
	stopped := make(chan error, 1)
	go func() { stopped <- ferret.Run(ctx) }()

	behind, err := url.Parse(ferret.MongoDBURI())
	if err != nil {
		return err
	}
	fmt.Printf("mongodb://%s/\n", front.Addr())
	var gate sync.Mutex
	for {
		client, err := front.Accept()
		if err != nil {
			return <-stopped
		}
		go relay(client, behind.Host, &gate)
	}
}

// relay passes commands and answers between one client and FerretDB until either hangs up.
func relay(client net.Conn, behind string, gate *sync.Mutex) {
	defer client.Close()
	server, err := net.Dial("tcp", behind)
	if err != nil {
		return
	}
	defer server.Close()
	for {
		command, err := message(client)
		if err != nil {
			return
		}
		answer, err := ask(server, command, gate)
		if err != nil {
			return
		}
		if _, err = client.Write(answer); err != nil {
			return
		}
	}
}

func ask(server net.Conn, command []byte, gate *sync.Mutex) ([]byte, error) {
	gate.Lock()
	defer gate.Unlock()
	if _, err := server.Write(command); err != nil {
		return nil, err
	}
	return message(server)
}

// message reads one wire message: its length in four bytes, little-endian and counting themselves, then the rest.
func message(from io.Reader) ([]byte, error) {
	var length [4]byte
	if _, err := io.ReadFull(from, length[:]); err != nil {
		return nil, err
	}
	whole := make([]byte, binary.LittleEndian.Uint32(length[:]))
	copy(whole, length[:])
	_, err := io.ReadFull(from, whole[4:])
	return whole, err
}
