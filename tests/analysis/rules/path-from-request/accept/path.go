package main

func serve(w http.ResponseWriter, r *http.Request) {
	os.Open("files/" + filepath.Base(r.FormValue("name")))
	os.Open(name)
}
