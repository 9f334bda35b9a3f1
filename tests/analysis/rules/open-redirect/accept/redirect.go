package main

func move(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, "/users/"+r.FormValue("name"), 302)
	http.Redirect(w, r, target, 302)
}
