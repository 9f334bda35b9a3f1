package main

func serve(w http.ResponseWriter, r *http.Request) {
	os.Open("files/" + r.FormValue("name")) // HERE
}
