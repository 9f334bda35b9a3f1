// Above each function: expect: name cyclomatic cognitive A,B,C arity nesting loc returns. Above each namespace:
// namespace: name kind methods instance-variables complexity loc. Counted by hand.
package sample

// namespace: Server struct 1 4 11.87 30
type Server[T any] struct {
	addr, name string
	*Base
	inner struct{ deep int }
}

type Names []string // without methods: not a namespace

type Reader interface{ Read() int }

// namespace: Level receiver 1 0 0 1
// expect: Level.String 1 0 0,0,0 0 0 1 1
func (l Level) String() string { return "" }

// expect: Server.Handle 7 9 4,2,11 3 2 25 3
func (s *Server[T]) Handle(a, b int, rest ...string) (int, error) {
	var x int
	if err := s.open(); err != nil && !s.quiet {
		return 0, err
	} else if a > b {
		x++
	} else {
		x = b
	}
	for i := range rest {
		switch {
		case x == 1, x == 2:
			goto done
		default:
			x += len(rest[i])
		}
	}
	select {
	case <-s.done:
		return 1, nil
	default:
	}
done:
	return x, nil
}

// expect: start 1 0 0,1,0 1 0 3 0
func start(n int) {
	// expect: start.<anonymous> 2 1 0,0,1 2 1 5 1
	go func(a, b int) {
		for a < b {
			return
		}
	}(n, 1)
}

func declared(a, b int)
