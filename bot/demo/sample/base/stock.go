package stock

// Shelf holds how many of each article lie there.
type Shelf map[string]int

// Take removes n of an article, or says how many are missing.
func (s Shelf) Take(article string, n int) int {
	have := s[article]
	if have < n {
		s[article] = 0
		return n - have
	}
	s[article] = have - n
	return 0
}
