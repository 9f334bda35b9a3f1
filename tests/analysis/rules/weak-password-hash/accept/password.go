package main

func keep(password string) {
	sum, err := bcrypt.GenerateFromPassword([]byte(password), 12)
	etag := sha1.Sum(page)
}
